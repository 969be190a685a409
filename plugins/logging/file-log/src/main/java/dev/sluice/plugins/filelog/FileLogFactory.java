package dev.sluice.plugins.filelog;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.EntryFilter;
import dev.sluice.plugins.logging.QueueSettings;
import dev.sluice.plugins.logging.Queues;
import java.nio.file.Path;

/** Makes the filters; each has a queue, and all write on one thread. */
final class FileLogFactory implements FilterFactory<FileLogConfig> {

  private static final int LINES_PER_WRITE = 1000;

  private final PluginContext lent;
  private final Queues queues;
  private final LogFiles files;

  FileLogFactory(PluginContext lent, Queues queues, LogFiles files) {
    this.lent = lent;
    this.queues = queues;
    this.files = files;
  }

  @Override
  public String name() {
    return "file-log";
  }

  @Override
  public int priority() {
    return 9;
  }

  @Override
  public ConfigSchema<FileLogConfig> schema() {
    return FileLogConfig.SCHEMA;
  }

  @Override
  public Filter create(FileLogConfig config) {
    Path path = Path.of(config.path());
    BatchQueue<String> queue = new BatchQueue<>(
        "file-log " + path,
        QueueSettings.plain(LINES_PER_WRITE),
        queues,
        String::length,
        lines -> lent.ordered(() -> {
          files.append(path, config.reopen(), lines);
          return null;
        }));
    return new EntryFilter(queue, config.fields(), "\n");
  }
}
