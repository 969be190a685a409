package dev.sluice.api.entity;

import java.util.List;
import java.util.Optional;

/**
 * Entities on the request path: decoded, in memory, of one version of the configuration. Never blocks, takes no lock.
 * Expired entities are absent, and so are those of other workspaces than the request's.
 */
public interface EntityReader {

  /** In place of a version: it is not known. */
  long UNKNOWN = 0;

  /**
   * Tells versions of all entities of a type apart: where it is the same, and not {@link #UNKNOWN}, what has been found by an
   * id before would be found again.
   */
  default long version(EntityType<?> type) {
    return UNKNOWN;
  }

  /** One entity by its id. */
  <E> Optional<E> byId(EntityType<E> type, String id);

  /** One entity by a field that is unique. */
  <E> Optional<E> byUnique(EntityType<E> type, String field, String value);

  /** The entities whose foreign field refers to a parent, in no particular order. */
  <E> List<E> byReference(EntityType<E> type, String field, String parentId);
}
