package dev.sluice.plugins.deployment;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * What strategies keep beyond one version of their configuration, by the id of the entity: each for as long as a strategy
 * holds on to it, which the kernel lets go when nothing serves by it any more. Safe for all threads.
 *
 * @param <T> what is kept
 */
public final class PerPlugin<T> {

  private final ConcurrentMap<String, WeakReference<T>> byPlugin = new ConcurrentHashMap<>();

  /** The one of an entity; made when there is none. */
  public T of(String plugin, Supplier<T> make) {
    byPlugin.values().removeIf(each -> each.refersTo(null));
    while (true) {
      WeakReference<T> known = byPlugin.get(plugin);
      T kept = known == null ? null : known.get();
      if (kept != null) {
        return kept;
      }
      T made = make.get();
      WeakReference<T> reference = new WeakReference<>(made);
      boolean first = known == null
          ? byPlugin.putIfAbsent(plugin, reference) == null
          : byPlugin.replace(plugin, known, reference);
      if (first) {
        return made;
      }
    }
  }

  /** The one of an entity, if there is one. */
  public Optional<T> known(String plugin) {
    return Optional.ofNullable(byPlugin.get(plugin)).map(WeakReference::get);
  }

  /** All there are, by the ids of their entities. */
  public Map<String, T> all() {
    Map<String, T> all = new HashMap<>();
    byPlugin.forEach((id, each) -> {
      T kept = each.get();
      if (kept != null) {
        all.put(id, kept);
      }
    });
    return all;
  }
}
