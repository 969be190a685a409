package dev.sluice.api.entity;

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
}
