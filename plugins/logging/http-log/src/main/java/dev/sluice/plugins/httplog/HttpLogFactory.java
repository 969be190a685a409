package dev.sluice.plugins.httplog;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.EntryFilter;
import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Makes the filters; each has a queue, and all share the connections. */
final class HttpLogFactory implements FilterFactory<HttpLogConfig> {

  private final Queues queues;
  private final HttpSender sender;

  HttpLogFactory(Queues queues, HttpSender sender) {
    this.queues = queues;
    this.sender = sender;
  }

  @Override
  public String name() {
    return "http-log";
  }

  @Override
  public int priority() {
    return 12;
  }

  @Override
  public ConfigSchema<HttpLogConfig> schema() {
    return HttpLogConfig.SCHEMA;
  }

  @Override
  public Filter create(HttpLogConfig config) {
    boolean single = config.queue().maxBatchSize() == 1;
    return new EntryFilter(
        new BatchQueue<>(
            "http-log " + config.way().to(),
            config.queue(),
            queues,
            String::length,
            entries -> sender.send(config.way(), body(entries, single))),
        config.fields(),
        "");
  }

  /** Who wants batches gets a list, even of one. */
  private static Buffer body(List<String> entries, boolean single) {
    return Buffer.buffer(single ? entries.get(0) : "[" + String.join(",", entries) + "]");
  }
}
