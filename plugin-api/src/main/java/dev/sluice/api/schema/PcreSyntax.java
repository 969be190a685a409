package dev.sluice.api.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions in the notation of PCRE, on {@link java.util.regex}: named groups as {@code (?P<name>)} and with
 * underscores in their names, POSIX classes, braces and brackets that stand for themselves. What Java lacks altogether,
 * such as recursion, is refused.
 */
public final class PcreSyntax {

  private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?(?:P?<|')(\\w+)[>']");
  private static final Pattern NAMED_REFERENCE =
      Pattern.compile("\\(\\?P=(\\w+)\\)|\\\\[kg]\\{(\\w+)}|\\\\k[<'](\\w+)[>']");
  private static final Pattern QUANTIFIER = Pattern.compile("\\{\\d+(,\\d*)?}");
  private static final Pattern POSIX_CLASS = Pattern.compile("\\[:(\\^?)(\\w+):]");

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private PcreSyntax(String source) {
    this.source = source;
  }

  /**
   * Compiles an expression.
   *
   * @throws PatternSyntaxException when it is none
   */
  public static Pattern compile(String pcre) {
    return Pattern.compile(translate(pcre));
  }

  /**
   * The expression in Java's notation. A group {@code user_id} is named {@link #groupName}.
   */
  public static String translate(String pcre) {
    return new PcreSyntax(pcre).translate();
  }

  /** The name in the translated expression of a group named so: Java's names have letters and digits only. */
  public static String groupName(String name) {
    return name.replace("_", "U95");
  }

  /** What is wrong with an expression, in PCRE's words; empty when nothing is. */
  public static Optional<String> problem(String pcre) {
    try {
      compile(pcre);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("pcre2_compile() failed: " + words(e) + " in \"" + pcre + "\"");
    }
  }

  private static String words(PatternSyntaxException e) {
    String java = e.getDescription();
    if (java.startsWith("Unclosed character class")) {
      return "missing terminating ] for character class";
    }
    if (java.startsWith("Unclosed group") || java.startsWith("Unclosed counted closure")) {
      return "missing closing parenthesis";
    }
    if (java.startsWith("Unmatched closing")) {
      return "unmatched closing parenthesis";
    }
    if (java.startsWith("Dangling meta character")) {
      return "quantifier does not follow a repeatable item";
    }
    if (java.startsWith("Illegal character range")) {
      return "range out of order in character class";
    }
    return java;
  }

  private String translate() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\\') {
        escape();
      } else if (c == '[') {
        set();
      } else if (c == '(') {
        group();
      } else if (c == '{' && !matchesAt(QUANTIFIER)) {
        out.append("\\{");
        at++;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private boolean matchesAt(Pattern pattern) {
    return pattern.matcher(source).region(at, source.length()).lookingAt();
  }

  private void escape() {
    Matcher reference = NAMED_REFERENCE.matcher(source).region(at, source.length());
    if (reference.lookingAt()) {
      reference(reference);
      return;
    }
    int end = Math.min(at + 2, source.length());
    out.append(source, at, end);
    at = end;
  }

  private void group() {
    Matcher reference = NAMED_REFERENCE.matcher(source).region(at, source.length());
    Matcher named = NAMED_GROUP.matcher(source).region(at, source.length());
    if (reference.lookingAt()) {
      reference(reference);
    } else if (named.lookingAt()) {
      out.append("(?<").append(groupName(named.group(1))).append('>');
      at = named.end();
    } else {
      out.append('(');
      at++;
    }
  }

  private void reference(Matcher reference) {
    String name = reference.group(1) != null
        ? reference.group(1)
        : reference.group(2) != null ? reference.group(2) : reference.group(3);
    out.append(Character.isDigit(name.charAt(0)) ? "\\" + name : "\\k<" + groupName(name) + ">");
    at = reference.end();
  }

  private void set() {
    out.append('[');
    at++;
    if (at < source.length() && source.charAt(at) == '^') {
      out.append('^');
      at++;
    }
    boolean first = true;
    while (at < source.length() && (first || source.charAt(at) != ']')) {
      char c = source.charAt(at);
      if (c == '\\') {
        int end = Math.min(at + 2, source.length());
        out.append(source, at, end);
        at = end;
      } else if (c == '[' && matchesAt(POSIX_CLASS)) {
        posixClass();
      } else {
        out.append(c == '[' || c == ']' || c == '&' ? "\\" : "").append(c);
        at++;
      }
      first = false;
    }
  }

  private void posixClass() {
    Matcher matcher = POSIX_CLASS.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      throw new IllegalStateException("no class at " + at);
    }
    String name = switch (matcher.group(2)) {
      case "alpha" -> "Alpha";
      case "digit" -> "Digit";
      case "alnum" -> "Alnum";
      case "upper" -> "Upper";
      case "lower" -> "Lower";
      case "space" -> "Space";
      case "punct" -> "Punct";
      case "xdigit" -> "XDigit";
      case "cntrl" -> "Cntrl";
      case "print" -> "Print";
      case "graph" -> "Graph";
      case "blank" -> "Blank";
      case "word" -> "IsWord";
      default -> throw new PatternSyntaxException("unknown POSIX class name", source, at);
    };
    if (name.equals("IsWord")) {
      out.append(matcher.group(1).isEmpty() ? "\\w" : "\\W");
    } else {
      out.append(matcher.group(1).isEmpty() ? "\\p{" : "\\P{").append(name).append('}');
    }
    at = matcher.end();
  }
}
