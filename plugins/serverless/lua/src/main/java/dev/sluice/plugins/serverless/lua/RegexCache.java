package dev.sluice.plugins.serverless.lua;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;

/** Regular expressions that scripts of an event loop have used, compiled to run in linear time. */
final class RegexCache {

  private static final int MOST = 200;
  private static final int LONGEST = 2000;
  private static final long MOST_REPEATED = 1000;
  private static final java.util.regex.Pattern REPEAT = java.util.regex.Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

  private final Map<String, Pattern> patterns = new LinkedHashMap<>(64, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
      return size() > MOST;
    }
  };

  /**
   * Compiles an expression, one character for a byte.
   *
   * @throws IllegalArgumentException when it is none; the message says what is wrong
   */
  Pattern compile(Guard guard, String expression, String options) {
    String key = options + '/' + expression;
    Pattern known = patterns.get(key);
    if (known != null) {
      return known;
    }
    guard.charge(200 + 10L * expression.length());
    if (expression.length() > LONGEST || repeated(expression) > MOST_REPEATED) {
      throw new IllegalArgumentException("the expression is too large");
    }
    int flags = 0;
    for (int i = 0; i < options.length(); i++) {
      flags |= flag(options.charAt(i));
    }
    try {
      Pattern compiled = Pattern.compile(expression.replaceAll("\\(\\?<(?![=!])", "(?P<"), flags);
      patterns.put(key, compiled);
      return compiled;
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(wrong.getDescription() + ": " + wrong.getPattern(), wrong);
    }
  }

  private static int flag(char option) {
    return switch (option) {
      case 'i' -> Pattern.CASE_INSENSITIVE;
      case 's' -> Pattern.DOTALL;
      case 'm' -> Pattern.MULTILINE;
      case 'a', 'd', 'j', 'o', 'u', 'U', 'D', 'J' -> 0;
      default -> throw new IllegalArgumentException("the option '" + option + "' is not available in this gateway");
    };
  }

  /** How large counted repetitions may blow an expression up. */
  private static long repeated(String expression) {
    long product = 1;
    Matcher counts = REPEAT.matcher(expression);
    while (counts.find() && product <= MOST_REPEATED) {
      String most = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
      product *= most.length() > 4 ? MOST_REPEATED + 1 : Math.max(1, Long.parseLong(most));
    }
    return product;
  }
}
