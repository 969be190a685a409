package dev.sluice.plugins.zipkin;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Makes the filters; each has a queue, and all share the connections. */
final class ZipkinFactory implements FilterFactory<ZipkinConfig> {

  private final Queues queues;
  private final HttpSender sender;
  private final String nodeId;

  ZipkinFactory(Queues queues, HttpSender sender, String nodeId) {
    this.queues = queues;
    this.sender = sender;
    this.nodeId = nodeId;
  }

  @Override
  public String name() {
    return "zipkin";
  }

  /** Before all others, so that spans cover what those do. */
  @Override
  public int priority() {
    return 100_000;
  }

  @Override
  public ConfigSchema<ZipkinConfig> schema() {
    return ZipkinSchema.SCHEMA;
  }

  @Override
  public Filter create(ZipkinConfig config) {
    return config.endpoint().<Filter>map(endpoint -> reporting(config, endpoint)).orElseGet(() ->
        config.traceIdHeader().isPresent()
            ? new PassingFilter.WithHeader(new Tracer(config))
            : new PassingFilter(new Tracer(config)));
  }

  private Filter reporting(ZipkinConfig config, HttpSender.Way endpoint) {
    BatchQueue<String> queue = new BatchQueue<>(
        "zipkin " + endpoint.to(), config.queue(), queues, String::length, spans -> sender.send(endpoint, body(spans)));
    return new ReportingFilter(new Tracer(config), new Spans(config, nodeId), queue);
  }

  private static Buffer body(List<String> spans) {
    return Buffer.buffer("[" + String.join(",", spans) + "]");
  }
}
