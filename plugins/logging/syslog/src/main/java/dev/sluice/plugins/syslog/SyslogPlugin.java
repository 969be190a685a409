package dev.sluice.plugins.syslog;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code syslog}. */
@Extension
public final class SyslogPlugin implements GatewayPlugin {

  private final Path socket;
  private Queues queues;
  private SyslogFactory factory;

  /** Writes to the log of the machine. */
  public SyslogPlugin() {
    this(Path.of("/dev/log"));
  }

  SyslogPlugin(Path socket) {
    this.socket = socket;
  }

  @Override
  public void start(PluginContext context) {
    queues = new Queues(context);
    factory = new SyslogFactory(queues, context, socket);
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
