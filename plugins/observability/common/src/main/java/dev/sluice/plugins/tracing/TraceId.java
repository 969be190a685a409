package dev.sluice.plugins.tracing;

import java.util.Optional;

/**
 * The identifier of a trace.
 *
 * @param high its upper 64 bits; 0 when it has no more than 64
 * @param low its lower 64 bits
 * @param wide whether it is written with 32 digits; otherwise with 16
 */
public record TraceId(long high, long low, boolean wide) {

  /** Reads hexadecimal digits; empty when there are others, too many of them, or zeros alone. */
  static Optional<TraceId> parse(String text, int from, int to) {
    int length = to - from;
    if (length > 2 * Hex.DIGITS || !Hex.is(text, from, to)) {
      return Optional.empty();
    }
    boolean wide = length > Hex.DIGITS;
    int middle = wide ? to - Hex.DIGITS : from;
    TraceId id = new TraceId(Hex.parse(text, from, middle), Hex.parse(text, middle, to), wide);
    return id.high == 0 && id.low == 0 ? Optional.empty() : Optional.of(id);
  }

  /** Reads exactly 16 or 32 digits. */
  static Optional<TraceId> parse(String text) {
    int length = text.length();
    return length == Hex.DIGITS || length == 2 * Hex.DIGITS ? parse(text, 0, length) : Optional.empty();
  }

  /** The digits, as many as it came with. */
  public String hex() {
    return wide ? wideHex() : Hex.of(low);
  }

  /** All 32 digits. */
  public String wideHex() {
    return Hex.append(Hex.append(new StringBuilder(2 * Hex.DIGITS), high), low).toString();
  }
}
