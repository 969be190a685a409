package dev.sluice.plugins.prometheus;

import dev.sluice.api.PluginContext;
import dev.sluice.api.event.Event;

/** When the configuration that serves was published. Safe for all threads. */
final class Published {

  private volatile long millis;

  /** Listens from now on. A jar is started before the first configuration that it serves. */
  Published(PluginContext context) {
    context.events().on(Event.SnapshotPublished.class, published -> millis = context.clock().millis());
  }

  /** In milliseconds of the epoch. */
  long millis() {
    return millis;
  }
}
