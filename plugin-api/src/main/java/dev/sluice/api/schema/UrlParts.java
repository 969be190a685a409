package dev.sluice.api.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a URL, found leniently: a text without any scheme or host is all path. Query, fragment and user are
 * dropped.
 *
 * @param scheme before the first colon
 * @param host an IPv6 address without its brackets
 * @param port as it was written
 * @param path what is left
 */
public record UrlParts(Optional<String> scheme, Optional<String> host, Optional<String> port, Optional<String> path) {

  private static final Pattern SCHEME = Pattern.compile("^([0-9A-Za-z][0-9A-Za-z+.-]*):");
  private static final Pattern AUTHORITY = Pattern.compile("^//([^/?#]*)");
  private static final Pattern PORT = Pattern.compile(":([^:\\]]*)$");

  /** Takes a text apart. */
  public static UrlParts parse(String url) {
    String rest = url;
    Matcher scheme = SCHEME.matcher(rest);
    Optional<String> schemeText = Optional.empty();
    if (scheme.find()) {
      schemeText = Optional.of(scheme.group(1));
      rest = rest.substring(scheme.end());
    }
    Matcher authority = AUTHORITY.matcher(rest);
    String authorityText = "";
    if (authority.find()) {
      authorityText = authority.group(1);
      rest = rest.substring(authority.end());
    }
    String path = before(before(before(rest, '#'), '?'), ';');
    authorityText = authorityText.substring(authorityText.indexOf('@') + 1);
    Matcher port = PORT.matcher(authorityText);
    Optional<String> portText = Optional.empty();
    if (port.find()) {
      portText = nonEmpty(port.group(1));
      authorityText = authorityText.substring(0, port.start());
    }
    return new UrlParts(schemeText, nonEmpty(authorityText).map(UrlParts::withoutBrackets), portText, nonEmpty(path));
  }

  private static String before(String text, char stop) {
    int at = text.indexOf(stop);
    return at < 0 ? text : text.substring(0, at);
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
