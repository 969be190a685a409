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
    fields.getMap().values().removeIf(Objects::isNull);
    return HexFormat.of().formatHex(CanonicalText.hash(fields));
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
}
