package dev.sluice.plugins.loggly;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.QueueSettings;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;

/** Makes the filters; each has a queue of its own. */
final class LogglyFactory implements FilterFactory<LogglyConfig> {

  private final Queues queues;
  private final Datagrams datagrams;
  private final String hostname;
  private final Clock clock;

  LogglyFactory(Queues queues, Datagrams datagrams, String hostname, Clock clock) {
    this.queues = queues;
    this.datagrams = datagrams;
    this.hostname = hostname;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "loggly";
  }

  @Override
  public int priority() {
    return 6;
  }

  @Override
  public ConfigSchema<LogglyConfig> schema() {
    return LogglyConfig.SCHEMA;
  }

  @Override
  public Filter create(LogglyConfig config) {
    BatchQueue<String> queue = new BatchQueue<>(
        "loggly " + config.host() + ":" + config.port(),
        QueueSettings.plain(1),
        queues,
        String::length,
        messages -> datagrams.send(config.host(), config.port(), Buffer.buffer(messages.get(0))));
    return new LogglyFilter(config, queue, hostname, clock);
  }
}
