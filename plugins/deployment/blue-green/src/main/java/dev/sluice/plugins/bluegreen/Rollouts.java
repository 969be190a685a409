package dev.sluice.plugins.bluegreen;

import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The rollouts of this node, each for as long as a strategy serves it. Safe for all threads. */
final class Rollouts {

  private final ConcurrentMap<String, WeakReference<Rollout>> byPlugin = new ConcurrentHashMap<>();
  private final Set<String> fresh = ConcurrentHashMap.newKeySet();

  /** The one of a configured strategy, of which a new version with that active side may soon serve. */
  Rollout of(String plugin, Side active) {
    byPlugin.values().removeIf(each -> each.refersTo(null));
    fresh.add(plugin);
    Rollout[] found = new Rollout[1];
    byPlugin.compute(
        plugin,
        (id, known) -> {
          found[0] = known == null ? null : known.get();
          if (found[0] != null) {
            return known;
          }
          found[0] = new Rollout(active);
          return new WeakReference<>(found[0]);
        });
    return found[0];
  }

  Optional<Rollout> known(String plugin) {
    return Optional.ofNullable(byPlugin.get(plugin)).map(WeakReference::get);
  }

  /** The entities of which new versions were made since somebody asked. */
  Set<String> fresh() {
    Set<String> all = Set.copyOf(fresh);
    fresh.removeAll(all);
    return all;
  }
}
