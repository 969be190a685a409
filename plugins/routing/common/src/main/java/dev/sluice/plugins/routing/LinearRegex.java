package dev.sluice.plugins.routing;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.api.routing.RouteMatch.Captures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A regular expression run by RE2/J. */
final class LinearRegex implements Regex {

  private final Pattern pattern;
  private final int groups;
  private final String literalPrefix;

  private LinearRegex(Pattern pattern) {
    this.pattern = pattern;
    this.groups = pattern.groupCount();
    this.literalPrefix = LiteralPrefix.of(pattern.pattern());
  }

  static LinearRegex compile(String pattern) {
    try {
      return new LinearRegex(Pattern.compile(pattern));
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(wrong.getDescription() + ": " + wrong.getPattern(), wrong);
    }
  }

  @Override
  public boolean matchesStart(String input) {
    return pattern.matcher(input).lookingAt();
  }

  @Override
  public boolean found(String input) {
    return pattern.matcher(input).find();
  }

  @Override
  public Verdict search(String input) {
    return found(input) ? Verdict.FOUND : Verdict.ABSENT;
  }

  @Override
  public Optional<Hit> hit(String input) {
    Matcher matcher = pattern.matcher(input);
    return matcher.lookingAt() ? Optional.of(new Hit(matcher.end(), captures(matcher))) : Optional.empty();
  }

  @Override
  public Optional<Span> first(String input) {
    Matcher matcher = pattern.matcher(input);
    return matcher.find() ? Optional.of(new Span(matcher.group(), captures(matcher))) : Optional.empty();
  }

  @Override
  public boolean capturing() {
    return groups > 0;
  }

  @Override
  public String literalPrefix() {
    return literalPrefix;
  }

  @Override
  public String inputPrefix() {
    return pattern.pattern().startsWith("^") ? LiteralPrefix.of(pattern.pattern().substring(1)) : "";
  }

  private Captures captures(Matcher matcher) {
    if (groups == 0) {
      return Captures.NONE;
    }
    List<String> numbered = new ArrayList<>(groups);
    for (int group = 1; group <= groups; group++) {
      String text = matcher.group(group);
      numbered.add(text == null ? "" : text);
    }
    Map<String, String> named = new HashMap<>();
    pattern.namedGroups().forEach((name, group) -> named.put(name, numbered.get(group - 1)));
    return new Captures(List.copyOf(numbered), Map.copyOf(named));
  }
}
