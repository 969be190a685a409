package dev.sluice.api.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments as queries and forms carry them: {@code name=value} between ampersands. Texts are taken as received, one
 * character for a byte. Nothing is refused: a percent sign that begins no escape stands for itself.
 */
public final class UrlEncoded {

  private static final String HEX = "0123456789ABCDEF";

  private UrlEncoded() {}

  /** The arguments, decoded, in order; one without a value has the value {@code ""}. */
  public static Map<String, List<String>> parse(String text) {
    if (text.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> arguments = new LinkedHashMap<>();
    for (int from = 0; from <= text.length(); from = end(text, from) + 1) {
      int end = end(text, from);
      if (end > from) {
        int equals = nameEnd(text, from, end);
        String value = equals == end ? "" : decode(text.substring(equals + 1, end));
        arguments.computeIfAbsent(decode(text.substring(from, equals)), name -> new ArrayList<>(1)).add(value);
      }
    }
    return arguments;
  }

  /**
   * The text without the arguments of a name. What is left stands as it did, save that bytes which may not stand in a
   * request line are escaped.
   */
  public static String without(String text, String name) {
    StringBuilder rest = new StringBuilder(text.length());
    for (int from = 0; from <= text.length(); from = end(text, from) + 1) {
      int end = end(text, from);
      if (end > from && !decode(text.substring(from, nameEnd(text, from, end))).equals(name)) {
        if (rest.length() > 0) {
          rest.append('&');
        }
        escape(text, from, end, rest);
      }
    }
    return rest.toString();
  }

  private static int end(String text, int from) {
    int end = text.indexOf('&', from);
    return end < 0 ? text.length() : end;
  }

  private static int nameEnd(String text, int from, int end) {
    int equals = text.indexOf('=', from);
    return equals < 0 || equals > end ? end : equals;
  }

  /** One name or value decoded: a plus sign is a space, bytes are UTF-8. */
  public static String decode(String text) {
    int plain = 0;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    return plain == text.length() ? text : decodeBytes(text);
  }

  private static boolean isPlain(char c) {
    return c != '%' && c != '+' && c < 128;
  }

  private static String decodeBytes(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length() && isHex(text, i + 1) && isHex(text, i + 2)) {
        bytes[length++] = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) (c == '+' ? ' ' : c);
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean isHex(String text, int at) {
    char c = text.charAt(at);
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  private static void escape(String text, int from, int end, StringBuilder to) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 127 && c != '#') {
        to.append(c);
      } else {
        to.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      }
    }
  }
}
