package dev.sluice.api.schema;

import java.util.OptionalInt;

/** Whether a text was valid UTF-8 when it came in. */
final class Utf8Text {

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8Text() {}

  /**
   * The position in bytes, from 1, of the first character that stands for a broken sequence: decoders put a
   * replacement character in its place.
   */
  static OptionalInt firstInvalid(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1));
      if (c == REPLACEMENT || (Character.isSurrogate(c) && !pair)) {
        return OptionalInt.of(bytes + 1);
      }
      if (pair) {
        bytes += 4;
        i++;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return OptionalInt.empty();
  }
}
