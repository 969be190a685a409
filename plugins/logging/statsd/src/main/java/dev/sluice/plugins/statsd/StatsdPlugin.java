package dev.sluice.plugins.statsd;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.Queues;
import dev.sluice.plugins.logging.TcpSender;
import io.vertx.core.Future;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code statsd}. */
@Extension
public final class StatsdPlugin implements GatewayPlugin {

  private Queues queues;
  private StatsdFactory factory;

  @Override
  public void start(PluginContext context) {
    queues = new Queues(context);
    factory = new StatsdFactory(queues, new Datagrams(context), new TcpSender(context), context.node().hostname());
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
