package dev.sluice.plugins.routing;

import dev.sluice.api.routing.RouteMatch.Captures;
import java.util.Optional;

/** A compiled regular expression. Immutable; safe to use from all event loops at once. */
public sealed interface Regex permits LinearRegex, BacktrackingRegex {

  /**
   * Compiles an expression that runs in time linear to its input. It knows neither look-around nor back references.
   *
   * @throws IllegalArgumentException when it is none; the message says what is wrong
   */
  static Regex linear(String pattern) {
    return LinearRegex.compile(pattern);
  }

  /**
   * Compiles an expression to run in linear time if it can be, else to run with backtracking, within a budget.
   *
   * @throws IllegalArgumentException when it is neither; the message says what is wrong
   */
  static Regex lenient(String pattern) {
    try {
      return LinearRegex.compile(pattern);
    } catch (IllegalArgumentException notLinear) {
      return BacktrackingRegex.compile(pattern);
    }
  }

  /** The same expression, anchored at the start of its input. */
  static String anchored(String pattern) {
    return LiteralPrefix.hasAlternatives(pattern) ? "^(?:" + pattern + ")" : "^" + pattern;
  }

  /** Whether the expression matches a part of the input that starts at its first character. */
  boolean matchesStart(String input);

  /** Whether the expression matches anywhere in the input. */
  boolean found(String input);

  /**
   * Looks for the expression in the input, for those to whom it matters that this may stay undecided. The budget grows
   * with the input: a long one is not for an event loop.
   */
  Verdict search(String input);

  /** What the expression matches from the first character of the input on. */
  Optional<Hit> hit(String input);

  /** The first match anywhere in the input. */
  Optional<Span> first(String input);

  /** Whether it has groups that capture. */
  boolean capturing();

  /** The text that every match begins with; empty when that is not known. */
  String literalPrefix();

  /** The text that an input begins with if the expression is found in it; empty when that is not known. */
  default String inputPrefix() {
    return "";
  }

  /** What a search has found. */
  enum Verdict {
    /** A match. */
    FOUND,
    /** There is none. */
    ABSENT,
    /** The budget was spent before it was known. */
    UNDECIDED
  }

  /**
   * A match that starts at the first character.
   *
   * @param end where it ends
   * @param captures its groups
   */
  record Hit(int end, Captures captures) {}

  /**
   * A match anywhere.
   *
   * @param text what was matched
   * @param captures its groups
   */
  record Span(String text, Captures captures) {}
}
