package dev.sluice.plugins.filelog;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code file-log}. */
@Extension
public final class FileLogPlugin implements GatewayPlugin {

  private static final Duration IDLE = Duration.ofSeconds(30);

  private Queues queues;
  private FileLogFactory factory;

  @Override
  public void start(PluginContext context) {
    LogFiles files = context.own(new LogFiles());
    queues = new Queues(context);
    factory = new FileLogFactory(context, queues, files);
    context.every(IDLE, () -> closeUnused(context, files));
  }

  private static void closeUnused(PluginContext context, LogFiles files) {
    if (files.count() > 0) {
      context.ordered(() -> {
        files.closeUnused();
        return null;
      });
    }
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
