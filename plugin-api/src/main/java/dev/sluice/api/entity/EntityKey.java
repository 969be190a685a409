package dev.sluice.api.entity;

import dev.sluice.api.schema.Types;

/** How one entity is named. */
public sealed interface EntityKey {

  /**
   * By its id.
   *
   * @param id a UUID
   */
  record Id(String id) implements EntityKey {}

  /**
   * By a unique field.
   *
   * @param field the field's name
   * @param value its value
   */
  record Unique(String field, String value) implements EntityKey {}

  /**
   * What a segment of a path stands for: an id if it looks like one, or the value of a unique field.
   *
   * @param field the field's name
   */
  static EntityKey of(String segment, String field) {
    return Types.isUuid(segment) ? new Id(segment) : new Unique(field, segment);
  }
}
