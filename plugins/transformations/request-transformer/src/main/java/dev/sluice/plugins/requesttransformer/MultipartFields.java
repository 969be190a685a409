package dev.sluice.plugins.requesttransformer;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a multipart form. Works on bytes as characters: what is not changed stays byte for byte. */
final class MultipartFields implements Target {

  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=(?:\"([^\"]+)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(";\\s*name=(?:\"([^\"]*)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);
  private static final String LINE = "\r\n";

  private final String boundary;
  private final List<Part> parts = new ArrayList<>();

  /** A part: its name, and all that stands between two boundaries. */
  private record Part(String name, String text) {}

  private MultipartFields(String boundary) {
    this.boundary = boundary;
  }

  /** The parts of a form; nothing when it is none. */
  static Optional<MultipartFields> parse(String contentType, Buffer body) {
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.find()) {
      return Optional.empty();
    }
    MultipartFields fields = new MultipartFields(first(matcher));
    String text = body.toString(StandardCharsets.ISO_8859_1);
    return text.isEmpty() || fields.read(text) ? Optional.of(fields) : Optional.empty();
  }

  private boolean read(String text) {
    String delimiter = "--" + boundary;
    int at = text.startsWith(delimiter) ? 0 : text.indexOf(LINE + delimiter) + LINE.length();
    if (!text.startsWith(delimiter, at)) {
      return false;
    }
    while (!text.startsWith("--", at + delimiter.length())) {
      int from = text.indexOf(LINE, at);
      int to = text.indexOf(LINE + delimiter, from);
      if (from < 0 || to < 0) {
        return false;
      }
      String part = text.substring(from + LINE.length(), Math.max(to, from + LINE.length()));
      parts.add(new Part(name(part), part));
      at = to + LINE.length();
    }
    return true;
  }

  private static String name(String part) {
    int end = part.indexOf(LINE + LINE);
    for (String line : part.substring(0, Math.max(0, end)).split(LINE, -1)) {
      Matcher name = NAME.matcher(line);
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:") && name.find()) {
        return new String(first(name).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static String first(Matcher matcher) {
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  private static Part simple(String name, String value) {
    if (name.chars().anyMatch(c -> c < ' ' || c == '"')) {
      throw new IllegalStateException("no name of a part: " + name);
    }
    String text = "Content-Disposition: form-data; name=\"" + name + "\"" + LINE + LINE + value;
    return new Part(name, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  @Override
  public boolean has(String name) {
    return parts.stream().anyMatch(part -> part.name().equals(name));
  }

  @Override
  public void remove(String name) {
    parts.removeIf(part -> part.name().equals(name));
  }

  @Override
  public void rename(String from, String to) {
    remove(to);
    parts.replaceAll(part -> part.name().equals(from) ? simple(to, value(part)) : part);
  }

  private static String value(Part part) {
    int end = part.text().indexOf(LINE + LINE);
    String bytes = part.text().substring(end + 2 * LINE.length());
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Override
  public void set(String name, String value) {
    if (has(name)) {
      parts.replaceAll(part -> part.name().equals(name) ? simple(name, value) : part);
    } else {
      parts.add(simple(name, value));
    }
  }

  @Override
  public void append(String name, String value) {
    parts.add(simple(name, value));
  }

  Buffer encode() {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      out.append("--").append(boundary).append(LINE).append(part.text()).append(LINE);
    }
    out.append("--").append(boundary).append("--").append(LINE);
    return Buffer.buffer(out.toString(), StandardCharsets.ISO_8859_1.name());
  }
}
