package dev.sluice.plugins.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Rules that go and rules that come, for the part of an index that they belong to.
 *
 * @param <R> the rules
 * @param gone in no order; objects of the router before
 * @param come in no order, ranked
 */
public record RuleChange<R extends Ranked<R>>(List<R> gone, List<R> come) {

  /** The change of each part of an index, by the part's key. */
  public <K> Map<K, RuleChange<R>> by(Function<R, K> key) {
    return byEach(rule -> List.of(key.apply(rule)));
  }

  /** As {@link #by}, where a rule may belong to several parts. */
  public <K> Map<K, RuleChange<R>> byEach(Function<R, ? extends Collection<K>> keys) {
    Map<K, List<R>> without = splitByEach(gone, keys);
    Map<K, List<R>> with = splitByEach(come, keys);
    Set<K> all = new HashSet<>(without.keySet());
    all.addAll(with.keySet());
    Map<K, RuleChange<R>> parts = new HashMap<>();
    all.forEach(
        each ->
            parts.put(
                each, new RuleChange<>(without.getOrDefault(each, List.of()), with.getOrDefault(each, List.of()))));
    return parts;
  }

  /** Rules by a key, in the order that they have. */
  public static <R, K> Map<K, List<R>> split(List<R> rules, Function<R, K> key) {
    return splitByEach(rules, rule -> List.of(key.apply(rule)));
  }

  /** As {@link #split}, where a rule may belong to several parts. */
  public static <R, K> Map<K, List<R>> splitByEach(List<R> rules, Function<R, ? extends Collection<K>> keys) {
    Map<K, List<R>> parts = new HashMap<>();
    for (R rule : rules) {
      for (K key : keys.apply(rule)) {
        parts.computeIfAbsent(key, absent -> new ArrayList<>()).add(rule);
      }
    }
    return parts;
  }

  /** What becomes of sorted rules; sorted too. */
  public List<R> applied(List<R> rules) {
    Set<R> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
    leaving.addAll(gone);
    List<R> left = new ArrayList<>(rules.size() + come.size());
    for (R rule : rules) {
      if (!leaving.contains(rule)) {
        left.add(rule);
      }
    }
    left.addAll(come);
    left.sort(RankedRules.ORDER);
    return left;
  }
}
