package dev.sluice.plugins.tcplog;

import dev.sluice.plugins.logging.LogPlugin;
import dev.sluice.plugins.logging.TcpSender;
import org.pf4j.Extension;

/** Contributes the filter {@code tcp-log}. */
@Extension
public final class TcpLogPlugin extends LogPlugin {

  /** Made by PF4J. */
  public TcpLogPlugin() {
    super((context, queues) -> new TcpLogFactory(queues, new TcpSender(context)));
  }
}
