package dev.sluice.plugins.udplog;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.EntryFilter;
import dev.sluice.plugins.logging.QueueSettings;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.buffer.Buffer;

/** Makes the filters; each has a queue of its own. */
final class UdpLogFactory implements FilterFactory<UdpLogConfig> {

  private final Queues queues;
  private final Datagrams datagrams;

  UdpLogFactory(Queues queues, Datagrams datagrams) {
    this.queues = queues;
    this.datagrams = datagrams;
  }

  @Override
  public String name() {
    return "udp-log";
  }

  @Override
  public int priority() {
    return 8;
  }

  @Override
  public ConfigSchema<UdpLogConfig> schema() {
    return UdpLogConfig.SCHEMA;
  }

  @Override
  public Filter create(UdpLogConfig config) {
    BatchQueue<String> queue = new BatchQueue<>(
        "udp-log " + config.host() + ":" + config.port(),
        QueueSettings.plain(1),
        queues,
        String::length,
        entries -> datagrams.send(config.host(), config.port(), Buffer.buffer(entries.get(0))));
    return new EntryFilter(queue, config.fields(), "");
  }
}
