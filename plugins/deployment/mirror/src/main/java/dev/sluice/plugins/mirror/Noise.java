package dev.sluice.plugins.mirror;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What has differed between two answers of the same upstream, by the kind of request, and so says nothing when it differs
 * in the shadow's. It is forgotten when many pairs in a row have agreed on it; kinds of requests that have not been seen
 * for the longest time make room for others. Used by one thread.
 */
final class Noise {

  private static final int MOST_KINDS = 256;
  private static final int MOST_FIELDS = 128;
  private static final int MOST_LENGTH = 256;
  private static final int FORGOTTEN_AFTER = 100;
  private static final int SURE_AFTER = 3;
  private static final int SHOWN = 100;

  private final Map<String, Learnt> byKind =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Learnt> eldest) {
          return size() > MOST_KINDS;
        }
      };

  /** What is known of one kind of request. */
  private static final class Learnt {
    /** Fields that are noise, and how many pairs in a row have agreed on them since. */
    final Map<String, Integer> quiet = new TreeMap<>();

    /** Fields that differed in the shadow's answer alone, and how often that was made sure of. */
    final Map<String, Integer> sure = new HashMap<>();
  }

  /** Says of differences whether they are noise. */
  Predicate<Difference> of(String kind) {
    Learnt learnt = byKind.get(kind);
    return learnt == null || learnt.quiet.isEmpty() ? each -> false : each -> noisy(learnt, each.kind());
  }

  /** A field is noise when it is in something that is. */
  private static boolean noisy(Learnt learnt, String field) {
    int length = field.length();
    for (int end = length > MOST_LENGTH ? above(field, MOST_LENGTH + 1) : length; end > 0; end = above(field, end)) {
      if (learnt.quiet.containsKey(field.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** Where the path of what a field is in ends; nothing is learnt of paths that are longer than some length. */
  private static int above(String field, int end) {
    return Math.max(field.lastIndexOf('.', end - 1), field.lastIndexOf('[', end - 1));
  }

  /** Learns from two answers of the same upstream in what they differ. */
  void learn(String kind, Collection<Difference> differing) {
    Set<String> now = differing.stream().map(Difference::kind).collect(Collectors.toCollection(HashSet::new));
    if (now.isEmpty() && !byKind.containsKey(kind)) {
      return;
    }
    Learnt learnt = byKind.computeIfAbsent(kind, none -> new Learnt());
    learnt.quiet.replaceAll((field, times) -> now.contains(field) ? 0 : times + 1);
    learnt.quiet.values().removeIf(times -> times >= FORGOTTEN_AFTER);
    for (String field : now) {
      learnt.sure.remove(field);
      if (learnt.quiet.size() < MOST_FIELDS && field.length() <= MOST_LENGTH) {
        learnt.quiet.putIfAbsent(field, 0);
      }
    }
  }

  /** Whether one of some differences may still turn out to be noise. */
  boolean unsure(String kind, List<Difference> differences) {
    Learnt learnt = byKind.get(kind);
    return differences.stream()
        .anyMatch(each -> learnt == null || learnt.sure.getOrDefault(each.kind(), 0) < SURE_AFTER);
  }

  /** Remembers that some differences have turned out to be none of the upstream's own. */
  void sure(String kind, List<Difference> differences) {
    Learnt learnt = byKind.computeIfAbsent(kind, none -> new Learnt());
    for (Difference each : differences) {
      boolean room = learnt.sure.size() < MOST_FIELDS && each.kind().length() <= MOST_LENGTH;
      if (room || learnt.sure.containsKey(each.kind())) {
        learnt.sure.merge(each.kind(), 1, Integer::sum);
      }
    }
  }

  /** For operators, what was used last coming last. */
  JsonArray shown() {
    List<JsonObject> all = new ArrayList<>();
    byKind.forEach(
        (kind, learnt) -> {
          if (!learnt.quiet.isEmpty()) {
            int space = kind.indexOf(' ');
            all.add(
                new JsonObject()
                    .put("route", kind.substring(0, space))
                    .put("path", kind.substring(space + 1))
                    .put("fields", new JsonArray(List.copyOf(learnt.quiet.keySet()))));
          }
        });
    return new JsonArray(new ArrayList<>(all.subList(Math.max(0, all.size() - SHOWN), all.size())));
  }
}
