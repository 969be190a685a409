package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.RegionMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A bucket with many rules: those that need a field to have certain values are found by them. Where a rule needs that of
 * several fields the one counts that the rules want most different values of.
 */
final class WideBucket implements Bucket {

  private final Table[] tables;
  private final PlainBucket others;
  private final List<Rule> all;

  private WideBucket(Table[] tables, PlainBucket others, List<Rule> all) {
    this.tables = tables;
    this.others = others;
    this.all = List.copyOf(all);
  }

  static WideBucket of(List<Rule> rules) {
    Map<Needs.Subject, Integer> variety = variety(rules);
    Map<Needs.Subject, Map<String, List<Rule>>> bySubject = new LinkedHashMap<>();
    List<Rule> others = new ArrayList<>();
    for (Rule rule : rules) {
      Optional<Needs.Subject> subject =
          rule.needs().keys().keySet().stream()
              .filter(variety::containsKey)
              .filter(each -> exact(rule.needs().keys().get(each)))
              .max(Comparator.comparing(variety::get));
      if (subject.isEmpty()) {
        others.add(rule);
      } else {
        Map<String, List<Rule>> byValue = bySubject.computeIfAbsent(subject.get(), each -> new HashMap<>());
        for (Needs.Key key : rule.needs().keys().get(subject.get())) {
          byValue.computeIfAbsent(key.text(), value -> new ArrayList<>()).add(rule);
        }
      }
    }
    Table[] tables =
        bySubject.entrySet().stream()
            .map(entry -> Table.of(entry.getKey(), entry.getValue()))
            .toArray(Table[]::new);
    return new WideBucket(tables, new PlainBucket(others), rules);
  }

  @Override
  public Rule find(RouteQuery query, Rule best) {
    Rule found = others.find(query, best);
    for (Table table : tables) {
      found = table.find(query, found);
    }
    return found;
  }

  @Override
  public List<Rule> rules() {
    return all;
  }

  private static Map<Needs.Subject, Integer> variety(List<Rule> rules) {
    Map<Needs.Subject, Set<Needs.Key>> wanted = new HashMap<>();
    for (Rule rule : rules) {
      rule.needs().keys().forEach(
          (subject, keys) -> {
            if (exact(keys)) {
              wanted.computeIfAbsent(subject, each -> new HashSet<>()).addAll(keys);
            }
          });
    }
    Map<Needs.Subject, Integer> variety = new HashMap<>();
    wanted.forEach((subject, keys) -> variety.put(subject, keys.size()));
    return variety;
  }

  private static boolean exact(Set<Needs.Key> keys) {
    return keys.stream().allMatch(key -> key.kind() == Needs.Kind.EXACT);
  }

  /** The rules that need one field, by the value that they need. */
  private record Table(TextField field, boolean lower, RegionMap<PlainBucket> byValue) {

    static Table of(Needs.Subject subject, Map<String, List<Rule>> rules) {
      Map<String, PlainBucket> buckets = new HashMap<>();
      rules.forEach((value, list) -> buckets.put(value, new PlainBucket(list)));
      return new Table(TextField.of(subject.field()), subject.lower(), new RegionMap<>(buckets));
    }

    Rule find(RouteQuery query, Rule best) {
      if (field instanceof TextField.One one) {
        String value = one.of(query);
        return value == null ? best : find(value, query, best);
      }
      List<String> values = ((TextField.Many) field).of(query);
      Rule found = best;
      for (int i = 0; i < values.size(); i++) {
        found = find(TextField.characters(values.get(i)), query, found);
      }
      return found;
    }

    private Rule find(String value, RouteQuery query, Rule best) {
      String key = lower ? value.toLowerCase(Locale.ROOT) : value;
      PlainBucket bucket = byValue.get(key, 0, key.length());
      return bucket == null ? best : bucket.find(query, best);
    }
  }
}
