package dev.sluice.plugins.grpcgateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of google.api.http, such as {@code /v1/{name=shelves/*}/books:list}. Compiled to an expression whose only
 * repetitions are of characters and stand side by side between fixed text, so that it takes no time to speak of.
 */
final class PathTemplate {

  private static final String SEGMENT = "[^/]+";

  private final Pattern pattern;
  private final List<String> fields = new ArrayList<>();

  private PathTemplate(String template) {
    StringBuilder expression = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c == '{') {
        int end = template.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("the path '" + template + "' has a brace that is not closed");
        }
        String variable = template.substring(at + 1, end);
        int equals = variable.indexOf('=');
        fields.add(equals < 0 ? variable : variable.substring(0, equals));
        expression.append('(');
        segments(equals < 0 ? "*" : variable.substring(equals + 1), expression);
        expression.append(')');
        at = end + 1;
      } else {
        int end = template.indexOf('{', at);
        segments(template.substring(at, end < 0 ? template.length() : end), expression);
        at = end < 0 ? template.length() : end;
      }
    }
    this.pattern = Pattern.compile(expression.toString());
  }

  static PathTemplate of(String template) {
    return new PathTemplate(template);
  }

  private static void segments(String text, StringBuilder expression) {
    int at = 0;
    while (at < text.length()) {
      int star = text.indexOf('*', at);
      if (star < 0) {
        expression.append(Pattern.quote(text.substring(at)));
        return;
      }
      if (star > at) {
        expression.append(Pattern.quote(text.substring(at, star)));
      }
      boolean many = text.startsWith("**", star);
      expression.append(many ? ".*" : SEGMENT);
      at = star + (many ? 2 : 1);
    }
  }

  /** The fields that a path gives, by their names with dots; empty when it is not one of these paths. */
  Optional<Map<String, String>> match(String path) {
    Matcher matcher = pattern.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      // A plus is itself in a path.
      String value = matcher.group(i + 1).replace("+", "%2B");
      values.put(fields.get(i), URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return Optional.of(values);
  }
}
