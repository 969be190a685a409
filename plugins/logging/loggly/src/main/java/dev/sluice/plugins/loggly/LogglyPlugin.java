package dev.sluice.plugins.loggly;

import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.LogPlugin;
import org.pf4j.Extension;

/** Contributes the filter {@code loggly}. */
@Extension
public final class LogglyPlugin extends LogPlugin {

  /** Made by PF4J. */
  public LogglyPlugin() {
    super(
        (context, queues) ->
            new LogglyFactory(queues, new Datagrams(context), context.node().hostname(), context.clock()));
  }
}
