package dev.sluice.kernel.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The one normal form of a path, in which it is matched, shown to filters and forwarded. Unreserved bytes are decoded,
 * reserved ones stay encoded with upper-case digits; dot segments are resolved and slashes collapsed.
 *
 * <p>Bytes that are UTF-8 become characters. In a path that is no UTF-8 each byte from 0x80 on becomes a lone
 * surrogate, U+DC80 to U+DCFF, so that it can be told from a character and goes out as it came in.
 */
public final class PathForm {

  private static final boolean[] RESERVED = set("!*'();:@&=+$,/?%#[]");
  private static final boolean[] SENT_AS_IS =
      set("!#$&'()*+,/:;=?@[]-_.~%ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
  private static final int BYTES = 0xDC00;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PathForm() {}

  private static boolean[] set(String characters) {
    boolean[] member = new boolean[128];
    for (int i = 0; i < characters.length(); i++) {
      member[characters.charAt(i)] = true;
    }
    return member;
  }

  /**
   * Brings a path into normal form.
   *
   * @param raw as received, without the query; must start with a slash
   * @return empty when the path leads above the root, holds a NUL or a broken escape
   */
  public static Optional<String> normalise(String raw) {
    return isNormal(raw) ? Optional.of(raw) : decode(raw).flatMap(PathForm::resolve);
  }

  private static boolean isNormal(String raw) {
    char before = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c >= 128 || c < 33 || before == '/' && (c == '/' || c == '.')) {
        return false;
      }
      before = c;
    }
    return true;
  }

  private static Optional<String> decode(String raw) {
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes[length++] = (byte) c;
        continue;
      }
      if (i + 2 >= raw.length() || !HexFormat.isHexDigit(raw.charAt(i + 1)) || !HexFormat.isHexDigit(raw.charAt(i + 2))) {
        return Optional.empty();
      }
      int value = HexFormat.fromHexDigits(raw, i + 1, i + 3);
      if (value == 0) {
        return Optional.empty();
      }
      if (value < 128 && RESERVED[value]) {
        bytes[length++] = '%';
        bytes[length++] = (byte) Character.toUpperCase(raw.charAt(i + 1));
        bytes[length++] = (byte) Character.toUpperCase(raw.charAt(i + 2));
      } else {
        bytes[length++] = (byte) value;
      }
      i += 2;
    }
    return Optional.of(text(bytes, length));
  }

  private static String text(byte[] bytes, int length) {
    String utf8 = new String(bytes, 0, length, StandardCharsets.UTF_8);
    if (utf8.indexOf('\uFFFD') < 0) {
      return utf8;
    }
    StringBuilder lossless = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      lossless.append(bytes[i] >= 0 ? (char) bytes[i] : (char) (BYTES + (bytes[i] & 0xFF)));
    }
    return lossless.toString();
  }

  private static Optional<String> resolve(String path) {
    Deque<String> segments = new ArrayDeque<>();
    boolean folder = true;
    for (int start = 1; start <= path.length(); ) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String segment = path.substring(start, end);
      folder = slash >= 0 || segment.isEmpty() || segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        if (segments.isEmpty()) {
          return Optional.empty();
        }
        segments.removeLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
      start = end + 1;
    }
    StringBuilder resolved = new StringBuilder(path.length());
    for (String segment : segments) {
      resolved.append('/').append(segment);
    }
    if (folder || resolved.isEmpty()) {
      resolved.append('/');
    }
    return Optional.of(resolved.toString());
  }

  /** Escapes a path so that it can stand in a request line. */
  public static String escape(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c >= 128 || !SENT_AS_IS[c]) {
        return escapeFrom(path);
      }
    }
    return path;
  }

  private static String escapeFrom(String path) {
    StringBuilder escaped = new StringBuilder(path.length() + 16);
    for (int i = 0; i < path.length(); ) {
      int point = path.codePointAt(i);
      if (point < 128 && SENT_AS_IS[point]) {
        escaped.append((char) point);
      } else if (point >= BYTES + 0x80 && point <= BYTES + 0xFF) {
        escaped.append('%').append(HEX.toHexDigits((byte) (point - BYTES)));
      } else {
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          escaped.append('%').append(HEX.toHexDigits(b));
        }
      }
      i += Character.charCount(point);
    }
    return escaped.toString();
  }
}
