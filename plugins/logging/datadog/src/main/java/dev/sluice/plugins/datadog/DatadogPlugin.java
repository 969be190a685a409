package dev.sluice.plugins.datadog;

import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.LogPlugin;
import org.pf4j.Extension;

/** Contributes the filter {@code datadog}. */
@Extension
public final class DatadogPlugin extends LogPlugin {

  /** Made by PF4J. */
  public DatadogPlugin() {
    super((context, queues) -> new DatadogFactory(queues, new Datagrams(context)));
  }
}
