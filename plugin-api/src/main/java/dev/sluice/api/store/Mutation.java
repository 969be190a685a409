package dev.sluice.api.store;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** One step of a commit. */
public sealed interface Mutation {

  /** The entity type's name. */
  String type();

  /** The entity's id, lower case. */
  String id();

  /**
   * Writes a row.
   *
   * @param type the entity type's name
   * @param id the entity's id, lower case
   * @param workspace see {@link StoredEntity}
   * @param document the entity
   * @param create whether the row must be new; else it is written over or created
   * @param uniques the keys of this row, checked in this order
   * @param references what the row refers to; each must exist
   * @param tags the entity's tags
   * @param expiresAt in seconds since the epoch
   */
  record Put(
      String type,
      String id,
      String workspace,
      JsonObject document,
      boolean create,
      List<UniqueKey> uniques,
      List<Reference> references,
      List<String> tags,
      Optional<Long> expiresAt)
      implements Mutation {}

  /**
   * Deletes a row. Fails with {@link StoreException.Referenced} while another row refers to it; rows to go along are
   * deleted by mutations of their own, before. A row that is not there is no error.
   *
   * @param type the entity type's name
   * @param id the entity's id, lower case
   */
  record Delete(String type, String id) implements Mutation {}
}
