package dev.sluice.plugins.authentication;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form in parts, as RFC 7578 has it. Works on bytes as characters, so that files pass unharmed. */
final class MultipartForm implements BodyForm {

  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=(?:\"([^\"]+)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(";\\s*name=(?:\"([^\"]*)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);
  private static final String LINE = "\r\n";
  private static final String BLANK_LINE = "\r\n\r\n";

  private final String text;
  private final List<Part> parts;

  /** A part from its boundary to the next one. */
  private record Part(String name, String value, int start, int end) {}

  private MultipartForm(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  static BodyForm read(String contentType, Buffer body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return NONE;
    }
    String text = body.toString(StandardCharsets.ISO_8859_1);
    return new MultipartForm(text, parts(text, "--" + first(boundary)));
  }

  private static List<Part> parts(String text, String delimiter) {
    List<Part> parts = new ArrayList<>();
    int start = text.startsWith(delimiter) ? 0 : next(text, delimiter, 0);
    while (start >= 0 && !text.startsWith("--", start + delimiter.length())) {
      int end = next(text, delimiter, start + delimiter.length());
      if (end < 0) {
        break;
      }
      part(text, start, end).ifPresent(parts::add);
      start = end;
    }
    return parts;
  }

  /** Where the next delimiter begins that stands at the beginning of a line; -1 when there is none. */
  private static int next(String text, String delimiter, int from) {
    int at = text.indexOf(LINE + delimiter, from);
    return at < 0 ? -1 : at + LINE.length();
  }

  private static Optional<Part> part(String text, int start, int end) {
    int head = text.indexOf(LINE, start);
    int blank = text.indexOf(BLANK_LINE, head);
    if (blank < 0 || blank >= end) {
      return Optional.empty();
    }
    int content = blank + BLANK_LINE.length();
    int contentEnd = Math.max(content, end - LINE.length());
    return name(text.substring(head, blank))
        .map(name -> new Part(name, utf8(text.substring(content, contentEnd)), start, end));
  }

  private static Optional<String> name(String head) {
    for (String line : head.split(LINE, -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        Matcher name = NAME.matcher(line);
        return name.find() ? Optional.of(utf8(first(name))) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String first(Matcher matcher) {
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Override
  public Found find(String name) {
    return Found.of(parts.stream().filter(part -> part.name().equals(name)).map(Part::value).toList());
  }

  @Override
  public Buffer without(String name) {
    StringBuilder rest = new StringBuilder(text.length());
    int kept = 0;
    for (Part part : parts) {
      if (part.name().equals(name)) {
        rest.append(text, kept, part.start());
        kept = part.end();
      }
    }
    rest.append(text, kept, text.length());
    return Buffer.buffer(rest.toString(), StandardCharsets.ISO_8859_1.name());
  }
}
