package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A set of keys.
 *
 * @param id UUID
 * @param name of the set
 */
public record KeySet(String id, Optional<String> name) {

  /** Decodes a valid document. */
  public static KeySet decode(JsonObject document) {
    return new KeySet(document.getString("id"), Optional.ofNullable(document.getString("name")));
  }
}
