package dev.sluice.plugins.cors;

import dev.sluice.plugins.routing.Regex;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One configured origin: a text, or a regular expression that must match all of an origin. */
final class AllowedOrigin {

  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9.:/-]+");

  private final boolean byHost;
  private final Predicate<String> test;

  private AllowedOrigin(boolean byHost, Predicate<String> test) {
    this.byHost = byHost;
    this.test = test;
  }

  static AllowedOrigin of(String entry) {
    return new AllowedOrigin(entry.indexOf(':') < 0, isLiteral(entry) ? literal(entry) : regex(entry));
  }

  static boolean isLiteral(String entry) {
    return LITERAL.matcher(entry).matches();
  }

  private static Predicate<String> literal(String entry) {
    String wanted = Origin.of(entry).text();
    return wanted::equals;
  }

  /** Anchored at both ends, whether its author thought of that or not. */
  private static Predicate<String> regex(String entry) {
    String from = entry.startsWith("^") ? entry.substring(1) : entry;
    String all = from.endsWith("$") && !from.endsWith("\\$") ? from.substring(0, from.length() - 1) : from;
    return Regex.lenient("(?:" + all + ")$")::matchesStart;
  }

  boolean covers(Origin origin) {
    return test.test(byHost ? origin.host() : origin.text());
  }
}
