package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.RegionMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A bucket with many rules: those that ask for a certain header value or server name are found by it. */
final class WideBucket implements Bucket {

  private final HeaderTable[] headers;
  private final RegionMap<PlainBucket> snis;
  private final PlainBucket anySni;
  private final PlainBucket others;
  private final List<Rule> all;

  private WideBucket(
      HeaderTable[] headers,
      Map<String, List<Rule>> snis,
      List<Rule> withSni,
      List<Rule> others,
      List<Rule> all) {
    this.headers = headers;
    this.snis = plain(snis);
    this.anySni = new PlainBucket(withSni);
    this.others = new PlainBucket(others);
    this.all = List.copyOf(all);
  }

  static WideBucket of(List<Rule> rules) {
    Map<String, Integer> variety = varietyOfHeaders(rules);
    Map<String, Map<String, List<Rule>>> byHeader = new LinkedHashMap<>();
    Map<String, List<Rule>> bySni = new LinkedHashMap<>();
    List<Rule> withSni = new ArrayList<>();
    List<Rule> others = new ArrayList<>();
    for (Rule rule : rules) {
      Optional<HeaderTerm> key = mostVaried(rule, variety);
      Optional<SniTerm> sni = rule.terms().snis().filter(term -> !term.hasWildcard());
      if (key.isPresent()) {
        Map<String, List<Rule>> byValue = byHeader.computeIfAbsent(nameOf(key.get()), name -> new LinkedHashMap<>());
        key.get().exact().forEach(value -> add(byValue, value, rule));
      } else if (sni.isPresent()) {
        sni.get().exact().forEach(name -> add(bySni, name, rule));
        withSni.add(rule);
      } else {
        others.add(rule);
      }
    }
    HeaderTable[] tables =
        byHeader.entrySet().stream()
            .map(entry -> new HeaderTable(entry.getKey(), plain(entry.getValue())))
            .toArray(HeaderTable[]::new);
    return new WideBucket(tables, bySni, withSni, others, rules);
  }

  @Override
  public Rule find(RouteQuery query, Rule best) {
    Rule found = others.find(query, best);
    if (SniTerm.playsNoPart(query)) {
      found = anySni.find(query, found);
    } else if (!snis.isEmpty()) {
      String name = SniTerm.nameOf(query);
      found = find(snis, name, query, found);
    }
    for (HeaderTable table : headers) {
      List<String> values = query.headers().getAll(table.name());
      for (int i = 0; i < values.size(); i++) {
        found = find(table.byValue(), AsciiText.lower(values.get(i)), query, found);
      }
    }
    return found;
  }

  @Override
  public List<Rule> rules() {
    return all;
  }

  private static Rule find(RegionMap<PlainBucket> buckets, String key, RouteQuery query, Rule best) {
    PlainBucket bucket = buckets.get(key, 0, key.length());
    return bucket == null ? best : bucket.find(query, best);
  }

  /** How many values each header is compared with: the more, the fewer rules are left for each. */
  private static Map<String, Integer> varietyOfHeaders(List<Rule> rules) {
    Map<String, Set<String>> values = new TreeMap<>();
    for (Rule rule : rules) {
      for (HeaderTerm term : rule.terms().headers()) {
        values.computeIfAbsent(nameOf(term), name -> new HashSet<>()).addAll(term.exact());
      }
    }
    Map<String, Integer> variety = new TreeMap<>();
    values.forEach((name, seen) -> variety.put(name, seen.size()));
    return variety;
  }

  private static Optional<HeaderTerm> mostVaried(Rule rule, Map<String, Integer> variety) {
    return rule.terms().headers().stream()
        .filter(term -> term.patterns().isEmpty())
        .max((one, other) -> Integer.compare(variety.get(nameOf(one)), variety.get(nameOf(other))));
  }

  private static String nameOf(HeaderTerm term) {
    return AsciiText.lower(term.name());
  }

  private static void add(Map<String, List<Rule>> rules, String key, Rule rule) {
    rules.computeIfAbsent(key, absent -> new ArrayList<>()).add(rule);
  }

  private static RegionMap<PlainBucket> plain(Map<String, List<Rule>> rules) {
    Map<String, PlainBucket> buckets = new LinkedHashMap<>();
    rules.forEach((key, list) -> buckets.put(key, new PlainBucket(list)));
    return new RegionMap<>(buckets);
  }

  /** The rules that ask for one header, by its value in lower case. */
  private record HeaderTable(String name, RegionMap<PlainBucket> byValue) {}
}
