package dev.sluice.plugins.routing;

/** Finds the text that every match of an RE2 expression begins with. When in doubt it is shorter than it could be. */
final class LiteralPrefix {

  private LiteralPrefix() {}

  static String of(String pattern) {
    if (pattern.contains("\\Q") || hasAlternatives(pattern)) {
      return "";
    }
    StringBuilder literal = new StringBuilder();
    int last = 0;
    for (int i = 0; i < pattern.length(); ) {
      int c = pattern.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\\' && i < pattern.length() && isPunctuation(pattern.charAt(i))) {
        c = pattern.charAt(i++);
      } else if (c == '*' || c == '?' || c == '{') {
        literal.setLength(last);
        break;
      } else if (c < 128 && "\\.[(+^$)".indexOf(c) >= 0) {
        break;
      }
      last = literal.length();
      literal.appendCodePoint(c);
    }
    return literal.toString();
  }

  private static boolean isPunctuation(char c) {
    return c < 128 && !Character.isLetterOrDigit(c) && c != '_';
  }

  /** Whether the expression as a whole has alternatives, so that it may begin in several ways. */
  static boolean hasAlternatives(String pattern) {
    int depth = 0;
    for (int i = 0; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '\\' -> i++;
        case '(' -> depth++;
        case ')' -> depth--;
        case '[' -> i = endOfClass(pattern, i);
        case '|' -> {
          if (depth == 0) {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }

  private static int endOfClass(String pattern, int start) {
    int i = start + 1;
    if (pattern.startsWith("^", i)) {
      i++;
    }
    if (pattern.startsWith("]", i)) {
      i++;
    }
    while (i < pattern.length() && pattern.charAt(i) != ']') {
      int posix = pattern.startsWith("[:", i) ? pattern.indexOf(":]", i + 2) : -1;
      if (posix > 0) {
        i = posix + 2;
      } else {
        i += pattern.charAt(i) == '\\' ? 2 : 1;
      }
    }
    return i;
  }
}
