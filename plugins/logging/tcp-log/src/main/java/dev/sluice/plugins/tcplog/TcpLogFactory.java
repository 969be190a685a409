package dev.sluice.plugins.tcplog;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.EntryFilter;
import dev.sluice.plugins.logging.QueueSettings;
import dev.sluice.plugins.logging.Queues;
import dev.sluice.plugins.logging.TcpSender;
import io.vertx.core.buffer.Buffer;

/** Makes the filters; each has a queue of its own. */
final class TcpLogFactory implements FilterFactory<TcpLogConfig> {

  private static final int LINES_PER_WRITE = 100;

  private final Queues queues;
  private final TcpSender sender;

  TcpLogFactory(Queues queues, TcpSender sender) {
    this.queues = queues;
    this.sender = sender;
  }

  @Override
  public String name() {
    return "tcp-log";
  }

  @Override
  public int priority() {
    return 7;
  }

  @Override
  public ConfigSchema<TcpLogConfig> schema() {
    return TcpLogConfig.SCHEMA;
  }

  @Override
  public Filter create(TcpLogConfig config) {
    TcpSender.Line line = sender.line(config.way());
    BatchQueue<String> queue = new BatchQueue<>(
        "tcp-log " + config.way().host() + ":" + config.way().port(),
        QueueSettings.plain(LINES_PER_WRITE),
        queues,
        String::length,
        lines -> line.send(Buffer.buffer(String.join("", lines))));
    return new EntryFilter(queue, config.fields(), "\n");
  }
}
