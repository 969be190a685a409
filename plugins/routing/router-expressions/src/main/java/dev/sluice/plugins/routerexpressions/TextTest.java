package dev.sluice.plugins.routerexpressions;

import dev.sluice.plugins.routing.Regex;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares one text with a constant.
 *
 * @param operator how
 * @param lower whether the text is put into lower case first
 * @param constant the text to compare with; empty for a regular expression
 * @param regex the regular expression, if it is one
 * @param path whether the text is the path, of which the matched part is kept
 */
record TextTest(Operator operator, boolean lower, String constant, Optional<Regex> regex, boolean path) {

  static TextTest of(Expression.Predicate predicate) {
    boolean path = predicate.field().equals("http.path");
    return predicate.constant() instanceof Constant.Pattern pattern
        ? new TextTest(predicate.operator(), predicate.lower(), "", Optional.of(pattern.value()), path)
        : new TextTest(
            predicate.operator(), predicate.lower(), ((Constant.Text) predicate.constant()).value(), Optional.empty(), path);
  }

  boolean holds(String text, Trace trace) {
    String value = lower ? text.toLowerCase(Locale.ROOT) : text;
    return trace.isOn() ? traced(value, trace) : test(value);
  }

  private boolean test(String value) {
    return switch (operator) {
      case EQUALS -> value.equals(constant);
      case NOT_EQUALS -> !value.equals(constant);
      case PREFIX -> value.startsWith(constant);
      case POSTFIX -> value.endsWith(constant);
      case CONTAINS -> value.contains(constant);
      case REGEX -> regex.orElseThrow().found(value);
      default -> throw new IllegalStateException(operator.name());
    };
  }

  private boolean traced(String value, Trace trace) {
    if (operator == Operator.REGEX) {
      return regex.orElseThrow().first(value).map(found -> matched(found, trace)).orElse(false);
    }
    boolean holds = test(value);
    if (holds && path && operator != Operator.NOT_EQUALS && operator != Operator.CONTAINS) {
      trace.path(constant);
    }
    return holds;
  }

  private boolean matched(Regex.Span found, Trace trace) {
    if (path) {
      trace.path(found.text());
    }
    trace.captures(found.captures());
    return true;
  }
}
