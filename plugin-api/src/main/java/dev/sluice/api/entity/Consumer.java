package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Someone who uses the APIs.
 *
 * @param id UUID
 * @param username unique
 * @param customId unique
 */
public record Consumer(String id, Optional<String> username, Optional<String> customId) {

  /** Decodes a valid document. */
  public static Consumer decode(JsonObject document) {
    return new Consumer(
        document.getString("id"),
        Optional.ofNullable(document.getString("username")),
        Optional.ofNullable(document.getString("custom_id")));
  }
}
