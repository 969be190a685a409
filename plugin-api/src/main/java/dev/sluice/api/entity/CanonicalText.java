package dev.sluice.api.entity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;

/**
 * One text for all forms of a JSON value: the order of fields and the form of numbers play no part in it, since stores give
 * back what they like. Different values have different texts.
 */
public final class CanonicalText {

  private CanonicalText() {}

  /** The text of a JSON value. */
  public static String of(Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  /** The SHA-256 of the text of a JSON value. */
  public static byte[] hash(Object value) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(of(value).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void append(StringBuilder text, Object value) {
    if (value instanceof JsonObject object) {
      text.append('{');
      for (String name : new TreeMap<>(object.getMap()).keySet()) {
        text.append(name.length()).append(':').append(name);
        append(text, object.getValue(name));
      }
      text.append('}');
    } else if (value instanceof JsonArray array) {
      text.append('[');
      array.forEach(each -> append(text, each));
      text.append(']');
    } else if (value instanceof Number number) {
      text.append('n').append(new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()).append(' ');
    } else {
      String shown = String.valueOf(value);
      text.append(value instanceof String ? 's' : 'w').append(shown.length()).append(':').append(shown);
    }
  }
}
