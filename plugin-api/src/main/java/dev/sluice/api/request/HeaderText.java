package dev.sluice.api.request;

import java.nio.charset.StandardCharsets;

/** What may stand in a header line: nothing that could begin another one. */
public final class HeaderText {

  private HeaderText() {}

  /** Whether a text can be the name of a header. */
  public static boolean isName(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 127 || c == ':') {
        return false;
      }
    }
    return text.length() > 0;
  }

  /** Whether a text can be the value of a header: it holds no control character but tabs. */
  public static boolean isValue(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' || c == 127) {
        return false;
      }
    }
    return true;
  }

  /** A text of somebody's choosing as the value of a header: its bytes in UTF-8, a character for each, and no control character. */
  public static String escaped(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length(); i++) {
      plain &= text.charAt(i) >= ' ' && text.charAt(i) < 127;
    }
    if (plain) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xFF;
      safe.append(c < ' ' || c == 127 ? String.format("%%%02X", c) : String.valueOf((char) c));
    }
    return safe.toString();
  }
}
