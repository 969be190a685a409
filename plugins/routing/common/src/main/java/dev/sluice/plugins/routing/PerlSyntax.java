package dev.sluice.plugins.routing;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns what Perl's regular expressions write otherwise into the JDK's writing: names of groups, which may hold an
 * underscore there, and brackets, ampersands and POSIX classes within a character class.
 */
final class PerlSyntax {

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, String> names = new LinkedHashMap<>();
  private int at;

  private PerlSyntax(String source) {
    this.source = source;
  }

  /**
   * An expression for the JDK.
   *
   * @param pattern the expression
   * @param names the names of its groups, and the names that the JDK knows them by
   */
  record Translation(String pattern, Map<String, String> names) {}

  static Translation translate(String pattern) {
    PerlSyntax syntax = new PerlSyntax(pattern);
    while (syntax.at < pattern.length()) {
      syntax.step();
    }
    return new Translation(syntax.out.toString(), Map.copyOf(syntax.names));
  }

  private void step() {
    boolean done =
        group("(?P<", '>') || look() || group("(?<", '>') || group("(?'", '\'')
            || reference("(?P=", ')') || reference("\\k<", '>') || reference("\\k{", '}') || reference("\\k'", '\'');
    if (done) {
      return;
    }
    if (source.charAt(at) == '[') {
      characterClass();
    } else {
      copy(source.charAt(at) == '\\' ? 2 : 1);
    }
  }

  /** Look-behind begins like a named group. */
  private boolean look() {
    boolean behind = source.startsWith("(?<=", at) || source.startsWith("(?<!", at);
    if (behind) {
      copy(4);
    }
    return behind;
  }

  private boolean group(String opening, char closing) {
    String name = name(opening, closing);
    if (!name.isEmpty()) {
      names.putIfAbsent(name, "g" + names.size());
      out.append("(?<").append(names.get(name)).append('>');
    }
    return !name.isEmpty();
  }

  private boolean reference(String opening, char closing) {
    String name = name(opening, closing);
    if (!name.isEmpty()) {
      out.append("\\k<").append(names.getOrDefault(name, name)).append('>');
    }
    return !name.isEmpty();
  }

  private String name(String opening, char closing) {
    if (!source.startsWith(opening, at)) {
      return "";
    }
    int from = at + opening.length();
    int to = source.indexOf(closing, from);
    if (to < 0) {
      return "";
    }
    at = to + 1;
    return source.substring(from, to);
  }

  private void characterClass() {
    copy(source.startsWith("[^", at) ? 2 : 1);
    if (source.startsWith("]", at)) {
      out.append('\\');
      copy(1);
    }
    while (at < source.length() && source.charAt(at) != ']') {
      if (!posixClass()) {
        char c = source.charAt(at);
        if (c == '[' || c == '&') {
          out.append('\\');
        }
        copy(c == '\\' ? 2 : 1);
      }
    }
    copy(1);
  }

  private boolean posixClass() {
    int end = source.startsWith("[:", at) ? source.indexOf(":]", at + 2) : -1;
    if (end < 0) {
      return false;
    }
    String name = source.substring(at + 2, end);
    String known =
        switch (name) {
          case "alpha", "digit", "alnum", "upper", "lower", "punct", "space", "blank", "cntrl", "graph", "print" ->
              "\\p{" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "}";
          case "xdigit" -> "\\p{XDigit}";
          case "word" -> "\\w";
          default -> throw new IllegalArgumentException("unknown character class name: [:" + name + ":]");
        };
    out.append(known);
    at = end + 2;
    return true;
  }

  private void copy(int length) {
    int end = Math.min(at + length, source.length());
    out.append(source, at, end);
    at = end;
  }
}
