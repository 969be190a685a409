package dev.sluice.plugins.statsd;

import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.LogPlugin;
import dev.sluice.plugins.logging.TcpSender;
import org.pf4j.Extension;

/** Contributes the filter {@code statsd}. */
@Extension
public final class StatsdPlugin extends LogPlugin {

  /** Made by PF4J. */
  public StatsdPlugin() {
    super(
        (context, queues) ->
            new StatsdFactory(
                queues, new Datagrams(context), new TcpSender(context), context.node().hostname()));
  }
}
