package dev.sluice.api.store;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A row.
 *
 * @param type the entity type's name
 * @param id the entity's id, lower case
 * @param workspace the id of its workspace; {@link #GLOBAL} for types that belong to none
 * @param document the entity
 * @param revision of the commit that wrote it
 * @param expiresAt in seconds since the epoch
 */
public record StoredEntity(
    String type, String id, String workspace, JsonObject document, long revision, Optional<Long> expiresAt) {

  /** The id of the workspace that every node has. */
  public static final String DEFAULT_WORKSPACE = "0dc6f45b-8f8d-40d2-a504-473544ee190b";

  /** The workspace of types that belong to none. */
  public static final String GLOBAL = "";
}
