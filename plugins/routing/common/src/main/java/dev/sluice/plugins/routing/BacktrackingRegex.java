package dev.sluice.plugins.routing;

import dev.sluice.api.routing.RouteMatch.Captures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that may look around and back, run by the JDK. A run that reads its input too often, or nests
 * too deep, counts as no match: a hostile path cannot hold an event loop.
 */
final class BacktrackingRegex implements Regex {

  private static final long READS_PER_CHARACTER = 32;

  private final Pattern pattern;
  private final Map<String, String> names;

  private BacktrackingRegex(Pattern pattern, Map<String, String> names) {
    this.pattern = pattern;
    this.names = names;
  }

  static BacktrackingRegex compile(String pattern) {
    PerlSyntax.Translation translation = PerlSyntax.translate(pattern);
    try {
      return new BacktrackingRegex(Pattern.compile(translation.pattern()), translation.names());
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(wrong.getDescription() + ": " + pattern, wrong);
    }
  }

  @Override
  public boolean matchesStart(String input) {
    return run(pattern.matcher(new BudgetedText(input)), Matcher::lookingAt);
  }

  @Override
  public boolean found(String input) {
    return run(pattern.matcher(new BudgetedText(input)), Matcher::find);
  }

  @Override
  public Verdict search(String input) {
    try {
      long reads = Math.max(BudgetedText.READS, READS_PER_CHARACTER * input.length());
      return pattern.matcher(new BudgetedText(input, reads)).find() ? Verdict.FOUND : Verdict.ABSENT;
    } catch (BudgetedText.SpentException | StackOverflowError tooMuch) {
      return Verdict.UNDECIDED;
    }
  }

  @Override
  public Optional<Hit> hit(String input) {
    Matcher matcher = pattern.matcher(new BudgetedText(input));
    return run(matcher, Matcher::lookingAt)
        ? Optional.of(new Hit(matcher.end(), captures(matcher)))
        : Optional.empty();
  }

  @Override
  public Optional<Span> first(String input) {
    Matcher matcher = pattern.matcher(new BudgetedText(input));
    return run(matcher, Matcher::find) ? Optional.of(new Span(matcher.group(), captures(matcher))) : Optional.empty();
  }

  @Override
  public boolean capturing() {
    return pattern.matcher("").groupCount() > 0;
  }

  @Override
  public String literalPrefix() {
    return "";
  }

  private Captures captures(Matcher matcher) {
    if (matcher.groupCount() == 0) {
      return Captures.NONE;
    }
    List<String> numbered = new ArrayList<>(matcher.groupCount());
    for (int group = 1; group <= matcher.groupCount(); group++) {
      numbered.add(orEmpty(matcher.group(group)));
    }
    Map<String, String> named = new HashMap<>();
    names.forEach((name, alias) -> named.put(name, orEmpty(matcher.group(alias))));
    return new Captures(List.copyOf(numbered), Map.copyOf(named));
  }

  private static boolean run(Matcher matcher, Predicate<Matcher> how) {
    try {
      return how.test(matcher);
    } catch (BudgetedText.SpentException | StackOverflowError tooMuch) {
      return false;
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
