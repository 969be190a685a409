package dev.sluice.kernel.config;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityTag;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.StoredEntity;
import java.util.Optional;

/** What a client demands of an entity before it is changed. */
final class Precondition {

  private Precondition() {}

  /**
   * Asks inside the write, when nothing can come between any more.
   *
   * @param row that is to be changed, as far as there is one
   * @throws ApiError when it is not the one that the client means
   */
  static void check(EntityType<?> type, Optional<StoredEntity> row, WriteOptions options) {
    if (options.ifMatch().isEmpty()) {
      return;
    }
    boolean met =
        row.map(found -> EntityTag.matches(options.ifMatch().get(), EntityTag.of(type, found.document())))
            .orElse(false);
    if (!met) {
      throw ApiError.of(412, row.isPresent() ? "the entity has been changed since" : "there is no such entity");
    }
  }
}
