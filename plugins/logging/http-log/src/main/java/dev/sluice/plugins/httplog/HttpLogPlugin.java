package dev.sluice.plugins.httplog;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.Future;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code http-log}. */
@Extension
public final class HttpLogPlugin implements GatewayPlugin {

  private Queues queues;
  private HttpLogFactory factory;

  @Override
  public void start(PluginContext context) {
    queues = new Queues(context);
    factory = new HttpLogFactory(queues, new HttpSender(context));
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
