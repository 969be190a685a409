package dev.sluice.plugins.deployment;

import dev.sluice.api.entity.CanonicalText;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How records hang together: each bears the hash of all its fields, in which the hash of the record before it is one.
 * What a store makes of the order of fields, of nulls and of the form of numbers plays no part.
 *
 * <p>A chain is walked along, part by part, until it is found to be broken.
 */
public final class Chain {

  /** What stands for the hash before the first record. */
  public static final String BEGINNING = "0".repeat(64);

  private long number;
  private String hash;

  private Chain(long number, String hash) {
    this.number = number;
    this.hash = hash;
  }

  /** Begins before the first record. */
  public static Chain beginning() {
    return new Chain(0, BEGINNING);
  }

  /** Goes on after a record that was found to be as it was written. */
  public static Chain after(long number, String hash) {
    return new Chain(number, hash);
  }

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
    fields.getMap().values().removeIf(Objects::isNull);
    return HexFormat.of().formatHex(CanonicalText.hash(fields));
  }

  /** The number of the last record that was walked along; 0 before the first. */
  public long number() {
    return number;
  }

  /** The hash of that record. */
  public String hash() {
    return hash;
  }

  /**
   * Walks on, and looks for the first record that is not as it was written.
   *
   * @param rows the next ones by ascending id
   */
  public Optional<Break> walk(List<JsonObject> rows) {
    for (JsonObject row : rows) {
      long next = number + 1;
      if (Records.number(row) != next) {
        String why = Records.number(row) == 0 ? "something follows that is no record" : "record " + next + " is missing";
        return Optional.of(new Break(next, why));
      }
      if (row.containsKey(Records.UNREADABLE)) {
        return Optional.of(new Break(next, "record " + next + " is damaged"));
      }
      String found = hash(row);
      if (!found.equals(row.getValue("hash")) || !isNumber(row, next)) {
        return Optional.of(new Break(next, "record " + next + " was changed"));
      }
      if (!hash.equals(row.getValue("previous"))) {
        return Optional.of(new Break(next, "record " + next + " does not follow the one before it"));
      }
      number = next;
      hash = found;
    }
    return Optional.empty();
  }

  private static boolean isNumber(JsonObject row, long number) {
    return row.getValue("number") instanceof Number said && said.longValue() == number;
  }
}
