package dev.sluice.plugins.tcplog;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.logging.Queues;
import dev.sluice.plugins.logging.TcpSender;
import io.vertx.core.Future;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code tcp-log}. */
@Extension
public final class TcpLogPlugin implements GatewayPlugin {

  private Queues queues;
  private TcpLogFactory factory;

  @Override
  public void start(PluginContext context) {
    queues = new Queues(context);
    factory = new TcpLogFactory(queues, new TcpSender(context));
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
