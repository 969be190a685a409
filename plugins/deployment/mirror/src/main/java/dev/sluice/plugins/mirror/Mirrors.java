package dev.sluice.plugins.mirror;

import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the mirrors of this node have found, each for as long as a strategy serves it. Safe for all threads. */
final class Mirrors {

  private final ConcurrentMap<String, WeakReference<Findings>> byPlugin = new ConcurrentHashMap<>();
  private final Desk desk;

  Mirrors(Desk desk) {
    this.desk = desk;
  }

  /** The one of a configured strategy, of which a new version may soon serve. */
  Findings of(String plugin) {
    byPlugin.values().removeIf(each -> each.refersTo(null));
    Findings[] found = new Findings[1];
    byPlugin.compute(
        plugin,
        (id, known) -> {
          found[0] = known == null ? null : known.get();
          if (found[0] != null) {
            return known;
          }
          found[0] = new Findings(desk.now());
          return new WeakReference<>(found[0]);
        });
    return found[0];
  }

  Optional<Findings> known(String plugin) {
    return Optional.ofNullable(byPlugin.get(plugin)).map(WeakReference::get);
  }
}
