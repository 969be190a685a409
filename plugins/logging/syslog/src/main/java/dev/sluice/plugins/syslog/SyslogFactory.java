package dev.sluice.plugins.syslog;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.QueueSettings;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;

/** Makes the filters; each has a queue of its own. */
final class SyslogFactory implements FilterFactory<SyslogConfig> {

  private final Queues queues;
  private final PluginContext lent;
  private final Path socket;

  SyslogFactory(Queues queues, PluginContext lent, Path socket) {
    this.queues = queues;
    this.lent = lent;
    this.socket = socket;
  }

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public int priority() {
    return 4;
  }

  @Override
  public ConfigSchema<SyslogConfig> schema() {
    return SyslogConfig.SCHEMA;
  }

  @Override
  public Filter create(SyslogConfig config) {
    BatchQueue<String> queue = new BatchQueue<>(
        "syslog " + socket,
        QueueSettings.plain(1),
        queues,
        String::length,
        entries -> lent.localDatagram(socket, Buffer.buffer(entries.get(0))));
    return new SyslogFilter(config, queue, lent.clock());
  }
}
