package dev.sluice.api.entity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;

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
    StringBuilder text = new StringBuilder(type.name());
    new TreeMap<>(document.getMap())
        .forEach(
            (name, value) -> {
              if (fields.isEmpty() ? !name.equals("ttl") : fields.contains(name)) {
                text.append('\n').append(name).append(' ');
                append(text, document.getValue(name));
              }
            });
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(hash, 0, BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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

  private static void append(StringBuilder text, Object value) {
    if (value instanceof JsonObject object) {
      text.append('{');
      new TreeMap<>(object.getMap())
          .forEach(
              (name, member) -> {
                text.append(name.length()).append(':').append(name).append(' ');
                append(text, object.getValue(name));
              });
      text.append('}');
    } else if (value instanceof JsonArray array) {
      text.append('[');
      array.forEach(member -> append(text, member));
      text.append(']');
    } else if (value instanceof Number number) {
      text.append('n').append(new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()).append(' ');
    } else {
      String shown = String.valueOf(value);
      text.append(value instanceof String ? 's' : 'w').append(shown.length()).append(':').append(shown);
    }
  }
}
