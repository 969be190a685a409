package dev.sluice.plugins.routerexpressions;

import dev.sluice.plugins.routerexpressions.Expression.Predicate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request must have for an expression to hold, as far as an index can use it: of each subject named here, a value
 * that one of the keys fits. When in doubt it says less than it could.
 */
record Needs(Map<Subject, Set<Key>> keys) {

  static final Needs NOTHING = new Needs(Map.of());

  /** An index holds a rule once for each key; with more than this it is told apart by something else. */
  private static final int MOST_KEYS = 512;

  private static final int EXACT_WEIGHT = 1 << 20;

  /** A field, perhaps in lower case. */
  record Subject(String field, boolean lower) {}

  /** How a value has to look. */
  record Key(Kind kind, String text) {}

  enum Kind {
    EXACT,
    PREFIX,
    POSTFIX
  }

  static Needs of(Expression expression) {
    if (expression instanceof Expression.And and) {
      return all(and.parts());
    }
    if (expression instanceof Expression.Or or) {
      return either(or.parts());
    }
    return expression instanceof Predicate predicate ? predicate(predicate) : NOTHING;
  }

  /** The keys for a field, in lower case or as it comes, whichever says more. */
  Optional<Subject> best(String field) {
    Subject plain = new Subject(field, false);
    Subject lower = new Subject(field, true);
    if (keys.containsKey(plain) && keys.containsKey(lower)) {
      return Optional.of(saysMore(keys.get(lower), keys.get(plain)) ? lower : plain);
    }
    return keys.containsKey(plain) ? Optional.of(plain) : Optional.of(lower).filter(keys::containsKey);
  }

  private static Needs all(List<Expression> parts) {
    Map<Subject, Set<Key>> merged = new LinkedHashMap<>();
    for (Expression part : parts) {
      of(part).keys().forEach((subject, set) -> merged.merge(subject, set, Needs::better));
    }
    return new Needs(merged);
  }

  private static Needs either(List<Expression> parts) {
    Map<Subject, Set<Key>> merged = new LinkedHashMap<>(of(parts.get(0)).keys());
    for (Expression part : parts.subList(1, parts.size())) {
      Map<Subject, Set<Key>> other = of(part).keys();
      merged.keySet().retainAll(other.keySet());
      merged.replaceAll((subject, set) -> union(set, other.get(subject)));
      merged.values().removeIf(set -> set.size() > MOST_KEYS);
    }
    return new Needs(merged);
  }

  private static Set<Key> union(Set<Key> one, Set<Key> other) {
    Set<Key> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return all;
  }

  private static Set<Key> better(Set<Key> one, Set<Key> other) {
    return saysMore(other, one) ? other : one;
  }

  private static boolean saysMore(Set<Key> keys, Set<Key> than) {
    int weight = Integer.compare(weight(keys), weight(than));
    return weight > 0 || weight == 0 && keys.size() < than.size();
  }

  private static int weight(Set<Key> keys) {
    return keys.stream().mapToInt(key -> key.kind() == Kind.EXACT ? EXACT_WEIGHT : key.text().length()).min().orElse(0);
  }

  private static Needs predicate(Predicate predicate) {
    return key(predicate)
        .filter(key -> key.kind() == Kind.EXACT || !key.text().isEmpty())
        .map(key -> new Needs(Map.of(new Subject(predicate.field(), predicate.lower()), Set.of(key))))
        .orElse(NOTHING);
  }

  private static Optional<Key> key(Predicate predicate) {
    if (predicate.constant() instanceof Constant.Pattern pattern) {
      return Optional.of(new Key(Kind.PREFIX, pattern.value().inputPrefix()));
    }
    if (!(predicate.constant() instanceof Constant.Text text)) {
      return Optional.empty();
    }
    return switch (predicate.operator()) {
      case EQUALS -> Optional.of(new Key(Kind.EXACT, text.value()));
      case PREFIX -> Optional.of(new Key(Kind.PREFIX, text.value()));
      case POSTFIX -> Optional.of(new Key(Kind.POSTFIX, text.value()));
      default -> Optional.empty();
    };
  }
}
