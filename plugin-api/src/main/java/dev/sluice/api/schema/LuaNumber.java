package dev.sluice.api.schema;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads numbers out of the texts of forms: decimal, with an exponent, or hexadecimal, blanks around allowed. */
final class LuaNumber {

  private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0[xX]\\p{XDigit}{1,15}");

  private LuaNumber() {}

  static Optional<Number> parse(String text) {
    String trimmed = text.trim();
    if (HEXADECIMAL.matcher(trimmed).matches()) {
      long value = Long.decode(trimmed);
      return Optional.of(Values.canonical(value));
    }
    if (DECIMAL.matcher(trimmed).matches()) {
      double value = Double.parseDouble(trimmed);
      return Optional.of(Values.canonical(value));
    }
    return Optional.empty();
  }
}
