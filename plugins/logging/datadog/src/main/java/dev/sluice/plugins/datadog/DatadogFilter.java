package dev.sluice.plugins.datadog;

import dev.sluice.api.entity.Service;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.Latencies;
import dev.sluice.plugins.logging.LogEntry;
import dev.sluice.plugins.logging.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Puts the figures of each request and each stream into a queue, one line for each metric. */
final class DatadogFilter implements Filter.Log, Filter.StreamLog {

  private final DatadogConfig config;
  private final BatchQueue<List<String>> queue;

  DatadogFilter(DatadogConfig config, BatchQueue<List<String>> queue) {
    this.config = config;
    this.queue = queue;
  }

  @Override
  public void log(RequestContext context) {
    Latencies latencies = Latencies.of(context);
    Optional<Service> service = context.match().flatMap(match -> match.definition().service());
    add(
        service,
        LogEntry.status(context),
        metric -> metric.figure().of(context, latencies),
        metric -> consumer(metric, context));
  }

  @Override
  public void streamLog(EndedStream stream) {
    add(stream.service(), stream.status(), metric -> metric.figure().of(stream), metric -> Optional.empty());
  }

  private void add(
      Optional<Service> whose,
      int how,
      Function<Metric, OptionalLong> figure,
      Function<Metric, Optional<String>> consumer) {
    String service = config.serviceTag() + ":" + service(whose);
    String status = config.statusTag() + ":" + how;
    List<String> lines = new ArrayList<>(config.metrics().size());
    for (Metric metric : config.metrics()) {
      OptionalLong value = figure.apply(metric);
      if (value.isPresent()) {
        List<String> tags = new ArrayList<>(3 + metric.tags().size());
        tags.add(service);
        tags.add(status);
        consumer.apply(metric).ifPresent(name -> tags.add(config.consumerTag() + ":" + name));
        tags.addAll(metric.tags());
        lines.add(
            metric.line().tagged(config.prefix() + "." + metric.figure().stat(), value.getAsLong(), tags));
      }
    }
    if (!lines.isEmpty()) {
      queue.add(lines);
    }
  }

  private static Optional<String> consumer(Metric metric, RequestContext context) {
    return metric.who().flatMap(who -> {
      Optional<String> name = who.name(context);
      return who == Who.CONSUMER_ID ? name.map(id -> id.replace('-', '_')) : name;
    });
  }

  /** The name, or what stands for it; dots would part the names of metrics. */
  private static String service(Optional<Service> service) {
    return service.map(each -> each.name().orElse(each.host()).replace('.', '_')).orElse("");
  }
}
