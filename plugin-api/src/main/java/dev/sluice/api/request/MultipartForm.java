package dev.sluice.api.request;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form in parts, as RFC 7578 has it. It is kept as one character for a byte, so that what is not looked at can be
 * passed on byte for byte. Immutable.
 */
public final class MultipartForm {

  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=(?:\"([^\"]+)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(";\\s*name=(?:\"([^\"]*)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);
  private static final String LINE = "\r\n";

  private final String boundary;
  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private final boolean whole;

  private MultipartForm(String boundary, String text) {
    this.boundary = boundary;
    this.text = text;
    this.whole = read("--" + boundary);
  }

  /**
   * A part.
   *
   * @param name empty when it has none
   * @param value its content as UTF-8
   * @param start where its boundary begins in the text of the form
   * @param end where the next boundary begins
   */
  public record Part(String name, String value, int start, int end) {}

  /** Reads a form; empty when the content type names no boundary. */
  public static Optional<MultipartForm> parse(String contentType, Buffer body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    return boundary.find()
        ? Optional.of(new MultipartForm(first(boundary), body.toString(StandardCharsets.ISO_8859_1)))
        : Optional.empty();
  }

  /** What stands between parts, after two dashes. */
  public String boundary() {
    return boundary;
  }

  /** All of it, one character for a byte. */
  public String text() {
    return text;
  }

  /** The parts that are there in full, in order. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** Whether there is a first and a last boundary. */
  public boolean whole() {
    return whole;
  }

  /** Head and content of a part, one character for a byte. */
  public String raw(Part part) {
    int from = text.indexOf(LINE, part.start()) + LINE.length();
    return text.substring(from, Math.max(from, part.end() - LINE.length()));
  }

  /** Bytes, as characters, that stand for a text in UTF-8. */
  public static String bytes(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private boolean read(String delimiter) {
    int start = text.startsWith(delimiter) ? 0 : next(delimiter, 0);
    while (start >= 0 && !text.startsWith("--", start + delimiter.length())) {
      int end = next(delimiter, start + delimiter.length());
      if (end >= 0) {
        parts.add(part(start, end));
      }
      start = end;
    }
    return start >= 0;
  }

  /** Where the next delimiter begins that stands at the beginning of a line; -1 when there is none. */
  private int next(String delimiter, int from) {
    int at = text.indexOf(LINE + delimiter, from);
    return at < 0 ? -1 : at + LINE.length();
  }

  private Part part(int start, int end) {
    int head = text.indexOf(LINE, start);
    int blank = text.indexOf(LINE + LINE, head);
    if (blank < 0 || blank >= end) {
      return new Part("", "", start, end);
    }
    int content = blank + 2 * LINE.length();
    String value = text.substring(content, Math.max(content, end - LINE.length()));
    return new Part(name(text.substring(head, blank)), utf8(value), start, end);
  }

  private static String name(String head) {
    for (String line : head.split(LINE, -1)) {
      Matcher name = NAME.matcher(line);
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:") && name.find()) {
        return utf8(first(name));
      }
    }
    return "";
  }

  private static String first(Matcher matcher) {
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
