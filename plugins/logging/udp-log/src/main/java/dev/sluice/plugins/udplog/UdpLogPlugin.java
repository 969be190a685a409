package dev.sluice.plugins.udplog;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.Future;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code udp-log}. */
@Extension
public final class UdpLogPlugin implements GatewayPlugin {

  private Queues queues;
  private UdpLogFactory factory;

  @Override
  public void start(PluginContext context) {
    queues = new Queues(context);
    factory = new UdpLogFactory(queues, new Datagrams(context));
  }

  @Override
  public Future<Void> finish() {
    return queues.finish();
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
