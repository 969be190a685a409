package dev.sluice.plugins.declarative;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.StoredEntity;

/**
 * A row as it was put.
 *
 * @param put what was put; nobody changes its document
 * @param revision of the commit
 */
record Row(Mutation.Put put, long revision) {

  boolean alive(long now) {
    return put.expiresAt().map(at -> now < at * 1000).orElse(true);
  }

  /** For outside: with a document of its own. */
  StoredEntity stored() {
    return new StoredEntity(
        put.type(), put.id(), put.workspace(), put.document().copy(), revision, put.expiresAt());
  }
}
