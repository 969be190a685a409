package dev.sluice.plugins.adminapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoded text. Broken UTF-8 becomes replacement characters, which the schemas know to refuse. */
final class PercentText {

  private static final String PLAIN = "-._~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PercentText() {}

  /** Decodes strictly; empty when an escape is broken. */
  static Optional<String> decode(String text, boolean plusIsSpace) {
    return decode(text, plusIsSpace, true);
  }

  /** Decodes what can be decoded and leaves the rest as it is. */
  static String decodeLeniently(String text, boolean plusIsSpace) {
    return decode(text, plusIsSpace, false).orElseThrow();
  }

  private static Optional<String> decode(String text, boolean plusIsSpace, boolean strict) {
    if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
      return Optional.of(text);
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
      if (low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else if (in[i] == '%' && strict) {
        return Optional.empty();
      } else {
        out.write(plusIsSpace && in[i] == '+' ? ' ' : in[i]);
      }
    }
    return Optional.of(out.toString(StandardCharsets.UTF_8));
  }

  /** Encodes all but letters, digits and {@code - . _ ~}. */
  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return out.toString();
  }
}
