package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.RuleChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The rules by what they need of one field: of the host, and below that of the path. */
final class Level implements IndexPart {

  /** An index without rules. */
  static final Level EMPTY = new Level(Dimension.HOST);

  private final Dimension dimension;
  private final IndexPart unspecific;
  private final LevelTable plain;
  private final LevelTable lower;

  private enum Dimension {
    HOST("http.host"),
    PATH("http.path");

    private final String field;

    Dimension(String field) {
      this.field = field;
    }

    String text(RouteQuery query) {
      return this == HOST ? query.host() : query.path();
    }

    int end(String text) {
      return this == HOST ? TextField.nameEnd(text) : text.length();
    }

    IndexPart below() {
      return this == HOST ? new Level(PATH) : PlainBucket.EMPTY;
    }
  }

  /** Where a rule is filed; the key is null for those that need nothing of the field. */
  private record Place(boolean lower, Needs.Key key) {

    private static final Place UNSPECIFIC = new Place(false, null);
  }

  private Level(Dimension dimension) {
    this(dimension, dimension.below(), LevelTable.EMPTY, LevelTable.EMPTY);
  }

  private Level(Dimension dimension, IndexPart unspecific, LevelTable plain, LevelTable lower) {
    this.dimension = dimension;
    this.unspecific = unspecific;
    this.plain = plain;
    this.lower = lower;
  }

  @Override
  public Rule find(RouteQuery query, Rule best) {
    Rule found = unspecific.find(query, best);
    String text = dimension.text(query);
    if (!plain.isEmpty()) {
      found = plain.find(text, dimension.end(text), query, found);
    }
    if (!lower.isEmpty()) {
      String lowered = text.toLowerCase(Locale.ROOT);
      found = lower.find(lowered, dimension.end(lowered), query, found);
    }
    return found;
  }

  @Override
  public IndexPart changed(RuleChange<Rule> change) {
    Map<Place, RuleChange<Rule>> parts = change.byEach(this::places);
    RuleChange<Rule> rest = parts.remove(Place.UNSPECIFIC);
    return new Level(
        dimension,
        rest == null ? unspecific : unspecific.changed(rest),
        changed(plain, false, parts),
        changed(lower, true, parts));
  }

  private LevelTable changed(LevelTable table, boolean lowered, Map<Place, RuleChange<Rule>> parts) {
    List<Map.Entry<Needs.Key, RuleChange<Rule>>> own = new ArrayList<>();
    parts.forEach(
        (place, part) -> {
          if (place.lower() == lowered) {
            own.add(Map.entry(place.key(), part));
          }
        });
    return own.isEmpty() ? table : table.changed(own, dimension.below());
  }

  private Collection<Place> places(Rule rule) {
    return rule.needs()
        .best(dimension.field)
        .map(
            subject -> {
              Set<Needs.Key> keys = rule.needs().keys().get(subject);
              return keys.stream().map(key -> new Place(subject.lower(), key)).toList();
            })
        .orElse(List.of(Place.UNSPECIFIC));
  }

  @Override
  public boolean isEmpty() {
    return unspecific.isEmpty() && plain.isEmpty() && lower.isEmpty();
  }
}
