package dev.sluice.plugins.routertraditional;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
 * @param gone in no order; objects of the router before
 * @param come in no order, ranked
 */
record RuleChange(List<Rule> gone, List<Rule> come) {

  /** The change of each part of an index, by the part's key. */
  <K> Map<K, RuleChange> by(Function<Rule, K> key) {
    Map<K, List<Rule>> without = split(gone, key);
    Map<K, List<Rule>> with = split(come, key);
    Set<K> keys = new HashSet<>(without.keySet());
    keys.addAll(with.keySet());
    Map<K, RuleChange> parts = new HashMap<>();
    keys.forEach(
        each ->
            parts.put(
                each, new RuleChange(without.getOrDefault(each, List.of()), with.getOrDefault(each, List.of()))));
    return parts;
  }

  /** Rules by a key, in the order that they have. */
  static <K> Map<K, List<Rule>> split(List<Rule> rules, Function<Rule, K> key) {
    Map<K, List<Rule>> parts = new HashMap<>();
    for (Rule rule : rules) {
      parts.computeIfAbsent(key.apply(rule), absent -> new ArrayList<>()).add(rule);
    }
    return parts;
  }

  /** What becomes of sorted rules; sorted too. */
  List<Rule> applied(List<Rule> rules) {
    Set<Rule> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
    leaving.addAll(gone);
    List<Rule> left = new ArrayList<>(rules.size() + come.size());
    for (Rule rule : rules) {
      if (!leaving.contains(rule)) {
        left.add(rule);
      }
    }
    left.addAll(come);
    left.sort(Comparator.comparingLong(Rule::rank));
    return left;
  }
}
