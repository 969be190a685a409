package dev.sluice.plugins.datadog;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.Future;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code datadog}. */
@Extension
public final class DatadogPlugin implements GatewayPlugin {

  private Queues queues;
  private DatadogFactory factory;

  @Override
  public void start(PluginContext context) {
    queues = new Queues(context);
    factory = new DatadogFactory(queues, new Datagrams(context));
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
