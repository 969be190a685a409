package dev.sluice.plugins.aipromptguard;

import dev.sluice.plugins.routing.Regex;
import dev.sluice.plugins.routing.Regex.Verdict;
import java.util.List;

/** Patterns for and against prompts, compiled. A pattern that cannot be decided within its budget lets nothing pass. */
final class PromptPatterns {

  /** Characters times patterns that an event loop may spend its time with: a few milliseconds. */
  private static final long QUICK = 16_384;

  private final List<Regex> allow;
  private final List<Regex> deny;

  /**
   * Compiles patterns.
   *
   * @throws IllegalArgumentException when one is no regular expression
   */
  PromptPatterns(List<String> allow, List<String> deny) {
    this.allow = allow.stream().map(PromptPatterns::compile).toList();
    this.deny = deny.stream().map(PromptPatterns::compile).toList();
  }

  private static Regex compile(String pattern) {
    try {
      return Regex.lenient(pattern);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + pattern + "' is no regular expression: " + e.getMessage(), e);
    }
  }

  /** Whether it takes no time worth speaking of to judge a prompt. */
  boolean isQuick(String prompt) {
    return (long) prompt.length() * (allow.size() + deny.size()) <= QUICK;
  }

  /** Judges a prompt. */
  boolean pass(String prompt) {
    for (Regex pattern : deny) {
      if (search(pattern, prompt) != Verdict.ABSENT) {
        return false;
      }
    }
    for (Regex pattern : allow) {
      if (search(pattern, prompt) == Verdict.FOUND) {
        return true;
      }
    }
    return allow.isEmpty();
  }

  /** A dollar sign also stands before the end of the last line, which not every engine knows. */
  private static Verdict search(Regex pattern, String prompt) {
    Verdict verdict = pattern.search(prompt);
    return verdict == Verdict.ABSENT && prompt.endsWith("\n")
        ? pattern.search(prompt.substring(0, prompt.length() - 1))
        : verdict;
  }
}
