package dev.sluice.plugins.routerexpressions;

/** Lays out what is wrong with a regular expression as Kong does; the reason itself is in the words of our own library. */
final class RegexComplaint {

  private RegexComplaint() {}

  /**
   * The message for an expression that does not compile.
   *
   * @param reason what the library says: a description, a colon, and the part it is about
   */
  static String of(String regex, String reason) {
    int colon = reason.indexOf(": ");
    String description = colon < 0 ? reason : reason.substring(0, colon);
    String part = colon < 0 ? "" : reason.substring(colon + 2);
    int place = part.isEmpty() ? -1 : regex.indexOf(part);
    String words = words(description);
    // The library names the class from its bracket on, where Kong marks the bracket.
    int mark = place < 0 ? 0 : regex.codePointCount(0, place);
    return "regex parse error:\n    " + regex + "\n    " + " ".repeat(mark) + "^\nerror: " + words;
  }

  private static String words(String description) {
    return switch (description) {
      case "missing closing ]" -> "unclosed character class";
      case "missing closing )" -> "unclosed group";
      case "unexpected )", "regexp/syntax: internal error" -> "unopened group";
      case "missing argument to repetition operator" -> "repetition operator missing expression";
      default -> description;
    };
  }
}
