package dev.sluice.kernel.declare;

import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.ForeignField;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Writes entities into a document, flat, with references as ids. */
public final class DocumentWriter {

  private final JsonObject document = new JsonObject().put("_format_version", "3.0").put("_transform", false);

  /** Begins an empty document. */
  public DocumentWriter() {}

  /**
   * Adds an entity; those that it refers to come before.
   *
   * @param ttl seconds that it has left
   */
  public void add(EntityType<?> type, JsonObject stored, Optional<Long> ttl) {
    JsonObject entity = stored.copy();
    type.schema()
        .fields()
        .forEach(
            (name, field) -> {
              if (field instanceof ForeignField && entity.getValue(name) instanceof JsonObject reference) {
                entity.put(name, reference.getString("id"));
              }
            });
    ttl.ifPresent(seconds -> entity.put("ttl", seconds));
    if (!document.containsKey(type.name())) {
      document.put(type.name(), new JsonArray());
    }
    document.getJsonArray(type.name()).add(entity);
  }

  /** The document. */
  public JsonObject document() {
    return document;
  }
}
