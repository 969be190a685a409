package dev.sluice.plugins.adminapi;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body of several parts. What it holds is small enough to be taken apart in memory. */
final class MultipartText {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]*)\"|([^;]*))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("^content-disposition:.*?[; ]name=(?:\"([^\"]*)\"|([^;\\r]*))",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern JSON =
      Pattern.compile("^content-type:\\s*application/json", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final String LINE_END = "\r\n";

  /**
   * A part with a name.
   *
   * @param name of the argument
   * @param value its text, or what the JSON in it says
   */
  record Part(String name, Object value) {}

  private MultipartText() {}

  static List<Part> parts(String contentType, Buffer body) {
    List<Part> parts = new ArrayList<>();
    Optional<String> boundary = first(BOUNDARY.matcher(contentType)).filter(given -> !given.isEmpty());
    if (boundary.isEmpty()) {
      return parts;
    }
    // One char for each byte, so that positions are those of the bytes.
    String text = LINE_END + new String(body.getBytes(), StandardCharsets.ISO_8859_1);
    String delimiter = LINE_END + "--" + boundary.get().strip();
    int begin = text.indexOf(delimiter);
    while (begin >= 0) {
      begin += delimiter.length();
      int end = text.indexOf(delimiter, begin);
      if (end < 0) {
        break;
      }
      part(text.substring(begin, end)).ifPresent(parts::add);
      ArgumentLimit.check(parts.size());
      begin = end;
    }
    return parts;
  }

  private static Optional<Part> part(String text) {
    int head = text.indexOf(LINE_END + LINE_END);
    if (head < 0) {
      return Optional.empty();
    }
    String headers = text.substring(0, head);
    String content = utf8(text.substring(head + 2 * LINE_END.length()));
    return first(NAME.matcher(headers)).map(name -> new Part(utf8(name), value(headers, content)));
  }

  private static Object value(String headers, String content) {
    if (JSON.matcher(headers).find()) {
      try {
        return Json.decodeValue(content);
      } catch (DecodeException e) {
        return content;
      }
    }
    return content;
  }

  private static Optional<String> first(Matcher matcher) {
    return matcher.find()
        ? Optional.of(matcher.group(1) != null ? matcher.group(1) : matcher.group(2))
        : Optional.empty();
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
