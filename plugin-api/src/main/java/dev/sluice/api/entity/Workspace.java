package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;

/**
 * A room of its own for entities: names are unique in it, and what is in one is not seen from another.
 *
 * @param id UUID
 * @param name unique
 * @param document as it is shown; not to be changed
 */
public record Workspace(String id, String name, JsonObject document) {

  /** Decodes a valid document. */
  public static Workspace decode(JsonObject document) {
    return new Workspace(document.getString("id"), document.getString("name"), document.copy());
  }
}
