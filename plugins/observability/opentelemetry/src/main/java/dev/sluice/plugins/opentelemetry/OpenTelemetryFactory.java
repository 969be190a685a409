package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.Queues;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Makes the filters; each has its queues, and all share the connections. */
final class OpenTelemetryFactory implements FilterFactory<OpenTelemetryConfig> {

  private final NodeInfo node;
  private final Instrumentations on;
  private final Queues queues;
  private final HttpSender sender;
  private final LogLines lines;
  private final Wire wire = new Wire();

  OpenTelemetryFactory(NodeInfo node, Queues queues, HttpSender sender, LogLines lines) {
    this.node = node;
    this.on = Instrumentations.of(node);
    this.queues = queues;
    this.sender = sender;
    this.lines = lines;
  }

  @Override
  public String name() {
    return "opentelemetry";
  }

  @Override
  public int priority() {
    return 14;
  }

  @Override
  public ConfigSchema<OpenTelemetryConfig> schema() {
    return OpenTelemetrySchema.SCHEMA;
  }

  @Override
  public Filter create(OpenTelemetryConfig config) {
    Tracer tracer = new Tracer(config, on);
    boolean header = config.traceIdHeader().isPresent();
    boolean spans = on.on() && config.traces().isPresent();
    if (!spans && config.logs().isEmpty()) {
      return header ? new OpenTelemetryFilter.PassingWithHeader(tracer) : new OpenTelemetryFilter.Passing(tracer);
    }
    Exports exports = new Exports(node, config.attributes(), wire);
    Reporter reporter = new Reporter(
        exports.resource(),
        new Spans(on, exports.resource()),
        spans
            ? config.traces().map(to -> queue("traces", to, config, exports::length, exports::traces))
            : Optional.empty(),
        lines,
        config.logs().map(to -> queue("logs", to, config, exports::length, exports::logs)));
    return header ? new OpenTelemetryFilter.WithHeader(tracer, reporter) : new OpenTelemetryFilter(tracer, reporter);
  }

  private <T> BatchQueue<T> queue(
      String what,
      HttpSender.Way to,
      OpenTelemetryConfig config,
      ToIntFunction<T> length,
      Function<List<T>, Buffer> body) {
    return new BatchQueue<>(
        "opentelemetry " + what + " " + to.to(),
        config.queue(),
        queues,
        length,
        batch -> sender.send(to, body.apply(batch)));
  }
}
