package dev.sluice.kernel.accesslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** The line that is being written; one for each event loop, used over and over. */
final class Line {

  private static final int USUAL = 1024;
  private static final int MOST_KEPT = 64 * 1024;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH);
  private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ENGLISH);

  private byte[] bytes = new byte[USUAL];
  private int length;
  private Escape escape = Escape.DEFAULT;
  private boolean[] plain = {};
  private long now;
  private long second = -1;
  private byte[] local = {};
  private byte[] iso = {};

  /**
   * Begins a line.
   *
   * @param bare which bytes need not be escaped
   */
  void begin(Escape how, boolean[] bare, long millis) {
    length = 0;
    escape = how;
    plain = bare;
    now = millis;
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[USUAL];
    }
  }

  /** The time at which the line is written, in milliseconds. */
  long now() {
    return now;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** A byte as it is. */
  Line raw(int b) {
    room(1);
    bytes[length++] = (byte) b;
    return this;
  }

  /** Bytes as they are. */
  Line raw(byte[] all) {
    room(all.length);
    System.arraycopy(all, 0, bytes, length, all.length);
    length += all.length;
    return this;
  }

  /** A value, made harmless; there is none when it is null. */
  void value(CharSequence text) {
    if (text == null) {
      missing();
    } else {
      part(text);
    }
  }

  /** A part of a value, made harmless. */
  Line part(CharSequence text) {
    int size = text.length();
    room(size);
    for (int i = 0; i < size; i++) {
      char c = text.charAt(i);
      if (c > 255) {
        wide(text.subSequence(i, size).toString());
        return this;
      }
      if (plain[c]) {
        bytes[length++] = (byte) c;
      } else {
        escape.write(this, c);
        room(size - i);
      }
    }
    return this;
  }

  /** What no client sent, since each of their characters is a byte. */
  private void wide(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (plain[b & 255]) {
        raw(b);
      } else {
        escape.write(this, b & 255);
      }
    }
  }

  /** There is no value. */
  void missing() {
    if (escape == Escape.DEFAULT) {
      raw('-');
    }
  }

  /** A number. */
  Line number(long value) {
    if (value < 0) {
      raw('-');
      return number(-value);
    }
    long scale = 1;
    while (value / scale >= 10) {
      scale *= 10;
    }
    for (; scale > 0; scale /= 10) {
      raw('0' + (int) (value / scale % 10));
    }
    return this;
  }

  /** Milliseconds as seconds with three decimals. */
  Line seconds(long millis) {
    long positive = Math.max(0, millis);
    number(positive / 1000);
    raw('.').raw('0' + (int) (positive / 100 % 10));
    return raw('0' + (int) (positive / 10 % 10)).raw('0' + (int) (positive % 10));
  }

  /** The time, as in {@code 10/Oct/2026:13:55:36 +0200}. */
  void localTime() {
    tick();
    raw(local);
  }

  /** The time, as in {@code 2026-10-10T13:55:36+02:00}. */
  void isoTime() {
    tick();
    raw(iso);
  }

  private void tick() {
    if (now / 1000 != second) {
      second = now / 1000;
      ZonedDateTime time = Instant.ofEpochSecond(second).atZone(ZoneId.systemDefault());
      local = LOCAL.format(time).getBytes(StandardCharsets.US_ASCII);
      iso = ISO.format(time).getBytes(StandardCharsets.US_ASCII);
    }
  }
}
