package dev.sluice.plugins.openidconnect;

import dev.sluice.api.PluginContext;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The providers that filters of this node know: those that ask the same one in the same way share it. For all threads. */
final class Providers {

  private final PluginContext context;
  private final ProviderClient client;
  /** Held by the filters alone: what no configuration names any more is forgotten. */
  private final Map<ProviderPlace, WeakReference<Provider>> known = new ConcurrentHashMap<>();

  Providers(PluginContext context) {
    this.context = context;
    this.client = new ProviderClient(context);
  }

  Clock clock() {
    return context.clock();
  }

  ProviderClient client() {
    return client;
  }

  /** A provider; it is not asked anything yet. */
  Provider at(ProviderPlace place) {
    known.values().removeIf(reference -> reference.get() == null);
    Provider fresh = new Provider(place, client, clock());
    WeakReference<Provider> held = known.compute(place, (same, old) ->
        old == null || old.get() == null ? new WeakReference<>(fresh) : old);
    Provider found = held.get();
    return found == null ? fresh : found;
  }
}
