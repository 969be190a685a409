package dev.sluice.plugins.udplog;

import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.LogPlugin;
import org.pf4j.Extension;

/** Contributes the filter {@code udp-log}. */
@Extension
public final class UdpLogPlugin extends LogPlugin {

  /** Made by PF4J. */
  public UdpLogPlugin() {
    super((context, queues) -> new UdpLogFactory(queues, new Datagrams(context)));
  }
}
