package dev.sluice.plugins.requestvalidator;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;

/** A pattern of a schema, in linear time. What takes more, such as looking ahead, cannot be had. */
record LinearPattern(Pattern pattern) implements RegularExpression {

  private static final String HEX = "0123456789abcdefABCDEF";

  static RegularExpression of(String regex) {
    try {
      return new LinearPattern(Pattern.compile(translated(regex)));
    } catch (PatternSyntaxException e) {
      throw new BadSchemaException(
          "the pattern '" + regex + "' cannot be matched in linear time, or is none: " + e.getDescription());
    }
  }

  /** Code units are written in another way there. */
  private static String translated(String regex) {
    StringBuilder all = new StringBuilder(regex.length());
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c != '\\' || i + 1 == regex.length()) {
        all.append(c);
        continue;
      }
      char next = regex.charAt(++i);
      if (next == 'u' && hex(regex, i + 1)) {
        all.append("\\x{").append(regex, i + 1, i + 5).append('}');
        i += 4;
      } else {
        all.append(c).append(next);
      }
    }
    return all.toString();
  }

  private static boolean hex(String regex, int from) {
    return from + 4 <= regex.length()
        && regex.substring(from, from + 4).chars().allMatch(c -> HEX.indexOf(c) >= 0);
  }

  @Override
  public boolean matches(String value) {
    return pattern.matcher(value).find();
  }
}
