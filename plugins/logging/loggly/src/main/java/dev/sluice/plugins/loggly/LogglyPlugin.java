package dev.sluice.plugins.loggly;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.Future;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code loggly}. */
@Extension
public final class LogglyPlugin implements GatewayPlugin {

  private Queues queues;
  private LogglyFactory factory;

  @Override
  public void start(PluginContext context) {
    queues = new Queues(context);
    factory = new LogglyFactory(queues, new Datagrams(context), context.node().hostname(), context.clock());
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
