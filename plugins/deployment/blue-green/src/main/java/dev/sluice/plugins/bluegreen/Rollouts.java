package dev.sluice.plugins.bluegreen;

import dev.sluice.plugins.deployment.PerPlugin;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The rollouts of this node, each for as long as a strategy serves it. Safe for all threads. */
final class Rollouts {

  private final PerPlugin<Rollout> all = new PerPlugin<>();
  private final Set<String> fresh = ConcurrentHashMap.newKeySet();

  /** The one of a configured strategy, of which a new version with that active side may soon serve. */
  Rollout of(String plugin, Side active) {
    fresh.add(plugin);
    return all.of(plugin, () -> new Rollout(active));
  }

  Optional<Rollout> known(String plugin) {
    return all.known(plugin);
  }

  /** The entities of which new versions were made since somebody asked. */
  Set<String> fresh() {
    Set<String> made = Set.copyOf(fresh);
    fresh.removeAll(made);
    return made;
  }
}
