package dev.sluice.plugins.deployment;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How records hang together: each bears the hash of all its fields, in which the hash of the record before it is one.
 * What a store makes of the order of fields, of nulls and of the form of numbers plays no part.
 */
public final class Chain {

  /** What stands for the hash before the first record. */
  public static final String BEGINNING = "0".repeat(64);

  private Chain() {}

  /**
   * Where a chain is broken.
   *
   * @param number of the record
   * @param why in words
   */
  public record Break(long number, String why) {}

  /** The hash of a record, as hexadecimal digits. */
  public static String hash(JsonObject row) {
    JsonObject fields = row.copy();
    fields.remove("hash");
    fields.remove("id");
    StringBuilder text = new StringBuilder();
    append(text, fields);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Looks for the first record that is not as it was written.
   *
   * @param rows by ascending number
   */
  public static Optional<Break> broken(List<JsonObject> rows) {
    String previous = BEGINNING;
    long number = 1;
    for (JsonObject row : rows) {
      long found = row.getLong("number");
      if (found != number) {
        return Optional.of(new Break(number, "record " + number + " is missing"));
      }
      if (!hash(row).equals(row.getString("hash"))) {
        return Optional.of(new Break(number, "record " + number + " was changed"));
      }
      if (!previous.equals(row.getString("previous"))) {
        return Optional.of(new Break(number, "record " + number + " does not follow the one before it"));
      }
      previous = row.getString("hash");
      number++;
    }
    return Optional.empty();
  }

  private static void append(StringBuilder text, Object value) {
    if (value instanceof JsonObject object) {
      text.append('{');
      for (String name : new TreeMap<>(object.getMap()).keySet()) {
        if (object.getValue(name) != null) {
          text.append(name.length()).append(':').append(name);
          append(text, object.getValue(name));
        }
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
