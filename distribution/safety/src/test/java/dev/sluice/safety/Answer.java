package dev.sluice.safety;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What came back.
 *
 * @param status or one of the constants
 * @param head all bytes up to the empty line, included
 * @param body without its framing
 * @param whole whether it has an end of its own, not just that of the connection
 */
record Answer(int status, String head, String body, boolean whole) {

  /** The connection ended before the first byte. */
  static final int CLOSED = 0;

  /** Nothing, or not enough, came in time. */
  static final int SILENCE = -1;

  static Answer read(InputStream in, StringBuilder read, boolean toHead) throws IOException {
    while (read.indexOf("\r\n\r\n") < 0) {
      read.append((char) one(in));
    }
    String head = read.toString();
    int status = statusOf(head);
    Answer bare = new Answer(status, head, "", true);
    if (toHead || status < 200 || status == 204 || status == 304) {
      return bare;
    }
    if (bare.header("transfer-encoding").equals("chunked")) {
      return new Answer(status, head, chunks(in, read), true);
    }
    String length = bare.header("content-length");
    if (!length.isEmpty()) {
      return new Answer(status, head, bytes(in, read, Integer.parseInt(length)), true);
    }
    StringBuilder rest = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      rest.append((char) b);
    }
    return new Answer(status, head, rest.toString(), false);
  }

  private static int one(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException();
    }
    return b;
  }

  private static String chunks(InputStream in, StringBuilder read) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      StringBuilder line = new StringBuilder();
      while (line.indexOf("\r\n") < 0) {
        line.append((char) one(in));
      }
      read.append(line);
      int size = Integer.parseInt(line.substring(0, line.length() - 2), 16);
      body.append(bytes(in, read, size));
      if (!bytes(in, read, 2).equals("\r\n")) {
        throw new IOException("a chunk without its end");
      }
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private static String bytes(InputStream in, StringBuilder read, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    read.append(text);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return text;
  }

  static int statusOf(CharSequence head) {
    return head.toString().matches("(?s)HTTP/1\\.[01] [0-9]{3} .*")
        ? Integer.parseInt(head.subSequence(9, 12).toString())
        : SILENCE;
  }

  /** The value of the first line with a name, or an empty text. */
  String header(String name) {
    return Arrays.stream(head.split("\r\n", -1))
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** Whether it came from the origin. */
  boolean fromOrigin() {
    return !header("x-origin").isEmpty();
  }

  @Override
  public String toString() {
    return status == CLOSED ? "closed" : status == SILENCE ? "silence" : status + (whole ? "" : " cut off");
  }
}
