package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Someone who uses the APIs.
 *
 * @param id UUID
 * @param username unique
 * @param customId unique
 * @param createdAt seconds since the epoch
 * @param updatedAt seconds since the epoch
 * @param tags labels
 */
public record Consumer(
    String id,
    Optional<String> username,
    Optional<String> customId,
    long createdAt,
    long updatedAt,
    List<String> tags) {

  /** A consumer of whom no more is known. */
  public Consumer(String id, Optional<String> username, Optional<String> customId) {
    this(id, username, customId, 0, 0, List.of());
  }

  /** Decodes a valid document. */
  public static Consumer decode(JsonObject document) {
    return new Consumer(
        document.getString("id"),
        Optional.ofNullable(document.getString("username")),
        Optional.ofNullable(document.getString("custom_id")),
        document.getLong("created_at", 0L),
        document.getLong("updated_at", 0L),
        Documents.strings(document, "tags"));
  }
}
