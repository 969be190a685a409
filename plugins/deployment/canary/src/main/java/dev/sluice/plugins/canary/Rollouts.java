package dev.sluice.plugins.canary;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The rollouts of this node, each for as long as a strategy serves it. Safe for all threads. */
final class Rollouts {

  private final ConcurrentMap<String, WeakReference<Rollout>> byPlugin = new ConcurrentHashMap<>();

  /** The one of a configured strategy. */
  Rollout of(String plugin) {
    Rollout[] found = new Rollout[1];
    byPlugin.compute(
        plugin,
        (id, known) -> {
          found[0] = known == null ? null : known.get();
          if (found[0] != null) {
            return known;
          }
          found[0] = new Rollout();
          return new WeakReference<>(found[0]);
        });
    return found[0];
  }

  /** All that are served, by the ids of their plugins. */
  Map<String, Rollout> all() {
    byPlugin.values().removeIf(each -> each.refersTo(null));
    Map<String, Rollout> all = new HashMap<>();
    byPlugin.forEach((id, each) -> {
      Rollout rollout = each.get();
      if (rollout != null) {
        all.put(id, rollout);
      }
    });
    return all;
  }
}
