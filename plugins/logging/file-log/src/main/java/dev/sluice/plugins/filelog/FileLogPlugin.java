package dev.sluice.plugins.filelog;

import dev.sluice.api.PluginContext;
import dev.sluice.plugins.logging.LogPlugin;
import dev.sluice.plugins.logging.Queues;
import java.time.Duration;
import org.pf4j.Extension;

/** Contributes the filter {@code file-log}. */
@Extension
public final class FileLogPlugin extends LogPlugin {

  private static final Duration IDLE = Duration.ofSeconds(30);

  /** Made by PF4J. */
  public FileLogPlugin() {
    super(FileLogPlugin::factory);
  }

  private static FileLogFactory factory(PluginContext context, Queues queues) {
    LogFiles files = context.own(new LogFiles());
    context.every(IDLE, () -> closeUnused(context, files));
    return new FileLogFactory(context, queues, files);
  }

  private static void closeUnused(PluginContext context, LogFiles files) {
    if (files.count() > 0) {
      context.ordered(() -> {
        files.closeUnused();
        return null;
      });
    }
  }
}
