package dev.sluice.plugins.datadog;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.Queues;
import dev.sluice.plugins.logging.StatPackets;
import java.util.List;

/** Makes the filters; each has a queue of its own. */
final class DatadogFactory implements FilterFactory<DatadogConfig> {

  private final Queues queues;
  private final Datagrams datagrams;

  DatadogFactory(Queues queues, Datagrams datagrams) {
    this.queues = queues;
    this.datagrams = datagrams;
  }

  @Override
  public String name() {
    return "datadog";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public ConfigSchema<DatadogConfig> schema() {
    return DatadogConfig.SCHEMA;
  }

  @Override
  public Filter create(DatadogConfig config) {
    BatchQueue<List<String>> queue = new BatchQueue<>(
        "datadog " + config.host() + ":" + config.port(),
        config.queue(),
        queues,
        StatPackets::size,
        requests -> datagrams.sendAll(config.host(), config.port(), StatPackets.of(requests, 0)));
    return new DatadogFilter(config, queue);
  }
}
