package dev.sluice.api.entity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.Set;

/**
 * The {@code ETag} of an entity: the same as long as none of its fields changes, in whatever order and form a store
 * gives them back. What an answer shows beside the fields, and the time that is left to an entity, play no part.
 */
public final class EntityTag {

  private static final int BYTES = 16;

  private EntityTag() {}

  /** The tag of a document, in quotes. */
  public static String of(EntityType<?> type, JsonObject document) {
    Set<String> fields = type.schema().fields().keySet();
    JsonObject counted = new JsonObject();
    for (String name : document.fieldNames()) {
      if (fields.isEmpty() ? !name.equals("ttl") : fields.contains(name)) {
        counted.put(name, document.getValue(name));
      }
    }
    byte[] hash = CanonicalText.hash(new JsonArray().add(type.name()).add(counted));
    return '"' + HexFormat.of().formatHex(hash, 0, BYTES) + '"';
  }

  /**
   * Whether an {@code If-Match} names a tag.
   *
   * @param header tags in quotes, separated by commas, or {@code *} for any
   */
  public static boolean matches(String header, String tag) {
    for (String each : header.split(",", -1)) {
      if (each.strip().equals("*") || each.strip().equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
