package dev.sluice.plugins.routerexpressions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Goes through an expression by the rules of a grammar that tries its alternatives in order. It remembers the farthest
 * place at which rules failed, and which: that is what a writer is told. Of rules within a failed one it tells only
 * where they got farther, so that a message names few of them.
 */
final class Scanner {

  private static final int DEEPEST = 600;

  private final String source;
  private int at;
  private int depth;
  private boolean atomic;
  private List<Node> nodes = new ArrayList<>();
  private int failedAt;
  private final List<GrammarRule> failed = new ArrayList<>();

  Scanner(String source) {
    this.source = source;
  }

  /** Tries a rule. What it finds is added to the rule around it. */
  boolean rule(GrammarRule rule, BooleanSupplier body) {
    int start = at;
    int before = failuresAt(start);
    List<Node> outer = nodes;
    nodes = new ArrayList<>();
    if (++depth > DEEPEST) {
      throw new Complaint(source).at(start, "nested too deep");
    }
    boolean found = body.getAsBoolean();
    depth--;
    List<Node> children = nodes;
    nodes = outer;
    if (found) {
      if (!atomic) {
        nodes.add(new Node(rule, source.substring(start, at), start, at, children));
      }
      return true;
    }
    at = start;
    if (!atomic) {
      failed(rule, before);
    }
    return false;
  }

  /** Tries a rule whose parts are not told of. */
  boolean atomicRule(GrammarRule rule, BooleanSupplier body) {
    return rule(
        rule,
        () -> {
          boolean was = atomic;
          atomic = true;
          boolean found = body.getAsBoolean();
          atomic = was;
          return found;
        });
  }

  /** Tries several steps that belong together: where one fails, none is taken. */
  boolean together(BooleanSupplier steps) {
    int start = at;
    int known = nodes.size();
    if (steps.getAsBoolean()) {
      return true;
    }
    at = start;
    nodes.subList(known, nodes.size()).clear();
    return false;
  }

  /** Takes a text. */
  boolean text(String text) {
    boolean found = source.startsWith(text, at);
    at += found ? text.length() : 0;
    return found;
  }

  /** Takes one character. */
  boolean one(IntPredicate which) {
    if (at == source.length() || !which.test(source.codePointAt(at))) {
      return false;
    }
    at += Character.charCount(source.codePointAt(at));
    return true;
  }

  /** Takes characters, as many as there are up to a number; whether there were enough. */
  boolean some(int least, int most, IntPredicate which) {
    int count = 0;
    while (count < most && one(which)) {
      count++;
    }
    return count >= least;
  }

  /** Whether a text comes next. */
  boolean ahead(String text) {
    return source.startsWith(text, at);
  }

  /** Whether nothing is left. */
  boolean end() {
    return at == source.length();
  }

  /** Passes over white space. */
  boolean space() {
    some(0, Integer.MAX_VALUE, c -> c == ' ' || c == '\t' || c == '\r' || c == '\n');
    return true;
  }

  /** What was found in all. */
  Node result() {
    return nodes.get(0);
  }

  /** What to tell the writer when the whole was not found. */
  ExpressionException complaint() {
    List<String> names = failed.stream().sorted().distinct().map(GrammarRule::toString).collect(Collectors.toList());
    return new Complaint(source).at(failedAt, "expected " + enumerated(names));
  }

  private static String enumerated(List<String> names) {
    if (names.size() < 3) {
      return String.join(" or ", names);
    }
    return String.join(", ", names.subList(0, names.size() - 1)) + ", or " + names.get(names.size() - 1);
  }

  private int failuresAt(int place) {
    return failedAt == place ? failed.size() : 0;
  }

  /** At is where the rule began. If exactly one rule within failed there, that one says more. */
  private void failed(GrammarRule rule, int before) {
    if (failuresAt(at) - before == 1) {
      return;
    }
    if (at > failedAt) {
      failed.clear();
      failedAt = at;
    }
    if (at == failedAt) {
      failed.subList(Math.min(before, failed.size()), failed.size()).clear();
      failed.add(rule);
    }
  }
}
