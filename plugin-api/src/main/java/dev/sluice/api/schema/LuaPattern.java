package dev.sluice.api.schema;

import java.util.regex.Pattern;

/** Schemas show patterns in Lua's notation; this turns them into Java's. */
final class LuaPattern {

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private LuaPattern(String source) {
    this.source = source;
  }

  /**
   * Translates a pattern.
   *
   * @throws IllegalArgumentException for {@code %b} and {@code %f}, which have no counterpart
   */
  static Pattern compile(String lua) {
    return Pattern.compile(new LuaPattern(lua).translate(), Pattern.DOTALL);
  }

  private String translate() {
    if (source.startsWith("^")) {
      out.append('^');
      at++;
    }
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '$' && at == source.length() - 1) {
        out.append("\\z");
        at++;
      } else if (c == '(' || c == ')') {
        out.append(c);
        at++;
      } else {
        single(c);
        quantifier();
      }
    }
    return out.toString();
  }

  private void single(char c) {
    at++;
    if (c == '[') {
      set();
    } else if (c == '%') {
      escape();
    } else if (c == '.') {
      out.append('.');
    } else {
      literal(c);
    }
  }

  private void set() {
    out.append('[');
    if (source.charAt(at) == '^') {
      out.append('^');
      at++;
    }
    boolean first = true;
    while (first || source.charAt(at) != ']') {
      first = false;
      char c = source.charAt(at++);
      if (c == '%') {
        escape();
      } else if (c == '-') {
        out.append('-');
      } else {
        literal(c);
      }
    }
    at++;
    out.append(']');
  }

  private void escape() {
    char c = source.charAt(at++);
    String name = switch (Character.toLowerCase(c)) {
      case 'a' -> "{Alpha}";
      case 'c' -> "{Cntrl}";
      case 'd' -> "{Digit}";
      case 'l' -> "{Lower}";
      case 'p' -> "{Punct}";
      case 's' -> "{Space}";
      case 'u' -> "{Upper}";
      case 'w' -> "{Alnum}";
      case 'x' -> "{XDigit}";
      default -> "";
    };
    if (!name.isEmpty()) {
      out.append(Character.isUpperCase(c) ? "\\P" : "\\p").append(name);
    } else if (Character.isLetter(c)) {
      throw new IllegalArgumentException("no counterpart of %" + c + " in '" + source + "'");
    } else {
      literal(c);
    }
  }

  private void literal(char c) {
    if (c < 128 && !Character.isLetterOrDigit(c) && !Character.isWhitespace(c)) {
      out.append('\\');
    }
    out.append(c);
  }

  private void quantifier() {
    if (at < source.length() && "*+?-".indexOf(source.charAt(at)) >= 0) {
      char c = source.charAt(at++);
      out.append(c == '-' ? "*?" : String.valueOf(c));
    }
  }
}
