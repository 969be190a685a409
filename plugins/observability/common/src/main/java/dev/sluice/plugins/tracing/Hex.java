package dev.sluice.plugins.tracing;

/** Numbers of 64 bits in hexadecimal digits. */
public final class Hex {

  static final int DIGITS = 16;
  private static final int RADIX = 16;
  private static final String LETTERS = "0123456789abcdef";

  private Hex() {}

  /** Whether a part of a text consists of hexadecimal digits, at least one. */
  static boolean is(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.digit(text.charAt(i), RADIX) < 0 || text.charAt(i) >= 128) {
        return false;
      }
    }
    return from < to;
  }

  /** The number that at most 16 digits stand for; 0 for no digits. */
  static long parse(String text, int from, int to) {
    return from >= to ? 0 : Long.parseUnsignedLong(text, from, to, RADIX);
  }

  /** The number that exactly 16 digits stand for; 0, which is no identifier, for anything else. */
  static long id(String text) {
    return text.length() == DIGITS && is(text, 0, DIGITS) ? parse(text, 0, DIGITS) : 0;
  }

  /** The 16 digits of a number. */
  public static String of(long value) {
    return append(new StringBuilder(DIGITS), value).toString();
  }

  static StringBuilder append(StringBuilder out, long value) {
    for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
      out.append(LETTERS.charAt((int) (value >>> shift) & 15));
    }
    return out;
  }
}
