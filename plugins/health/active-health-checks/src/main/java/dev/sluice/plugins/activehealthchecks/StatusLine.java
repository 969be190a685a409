package dev.sluice.plugins.activehealthchecks;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the first line of an answer. */
final class StatusLine {

  private static final int LONGEST = 8192;
  private static final Pattern FORM = Pattern.compile("HTTP/[0-9]+\\.[0-9]+\\s+([0-9]{3})(?:[^0-9].*)?");

  private final Buffer received = Buffer.buffer();
  private int searched;
  private int end = -1;

  /** Takes what has arrived; true when the line is complete, or too long to become one. */
  boolean add(Buffer chunk) {
    received.appendBuffer(chunk);
    while (end < 0 && searched < received.length()) {
      if (received.getByte(searched) == '\n') {
        end = searched;
      }
      searched++;
    }
    return end >= 0 || received.length() > LONGEST;
  }

  /** The status; empty when the line is none of HTTP. */
  OptionalInt status() {
    String line = received.getString(0, Math.max(0, end), StandardCharsets.ISO_8859_1.name()).stripTrailing();
    Matcher matcher = FORM.matcher(line);
    return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
  }
}
