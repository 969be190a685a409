package dev.sluice.api.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of URLs. */
final class PathText {

  private static final Pattern RFC_3986 = Pattern.compile("/[0-9A-Za-z._~!$&'()*+,;=:@/%-]*");
  private static final Pattern ENCODED = Pattern.compile("%(\\p{XDigit}{2})");
  private static final Pattern BAD_ENCODING = Pattern.compile("%(?!\\p{XDigit}{2}).{0,2}", Pattern.DOTALL);
  private static final String RESERVED = "!#$%&'()*+,/:;=?@[]";

  private PathText() {}

  /** The path of a service or a cookie. */
  static Optional<String> violation(String path) {
    if (!RFC_3986.matcher(path).matches()) {
      return Optional.of("invalid path: '" + path + "' (characters outside of the reserved list of RFC 3986 found)");
    }
    return badEncoding(path);
  }

  private static Optional<String> badEncoding(String path) {
    Matcher bad = BAD_ENCODING.matcher(path);
    return bad.find() ? Optional.of("invalid url-encoded value: '" + bad.group() + "'") : Optional.empty();
  }

  /** The path of a route: a prefix in its normal form, or a regular expression after a tilde. */
  static Optional<String> routerViolation(String path) {
    if (path.startsWith("~")) {
      String regex = path.substring(1);
      return PcreSyntax.problem(regex)
          .map(problem -> "invalid regex: '" + regex + "' (PCRE returned: " + problem + ")");
    }
    return badEncoding(path).or(() -> {
      String normal = normalize(path);
      return normal.equals(path)
          ? Optional.empty()
          : Optional.of("non-normalized path, consider use '" + normal + "' instead");
    });
  }

  /** Unreserved characters decoded, hexadecimal digits in upper case, dot segments and empty segments taken out. */
  static String normalize(String path) {
    return withoutDots(decode(path));
  }

  private static String decode(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    String bytes = new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String decoded = ENCODED.matcher(bytes).replaceAll(match -> {
      char c = (char) Integer.parseInt(match.group(1), 16);
      return Matcher.quoteReplacement(
          RESERVED.indexOf(c) >= 0 ? match.group().toUpperCase(Locale.ROOT) : String.valueOf(c));
    });
    return new String(decoded.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String last = "";
    for (String segment : path.substring(1).split("/", -1)) {
      last = segment;
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    boolean slash = last.isEmpty() || last.equals(".") || last.equals("..");
    String joined = "/" + String.join("/", kept);
    return slash && !kept.isEmpty() ? joined + "/" : joined;
  }
}
