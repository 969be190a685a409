package dev.sluice.plugins.tracing;

/** Numbers of 64 bits in decimal digits. */
final class Decimal {

  private static final int MOST_DIGITS = 20;

  private Decimal() {}

  /** The number; 0, which is no identifier, when the text is none. */
  static long parse(String text) {
    int length = text.length();
    if (length == 0 || length > MOST_DIGITS) {
      return 0;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return 0;
      }
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException tooLarge) {
      return 0;
    }
  }
}
