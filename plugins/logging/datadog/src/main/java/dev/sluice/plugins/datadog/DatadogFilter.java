package dev.sluice.plugins.datadog;

import dev.sluice.api.entity.Service;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.Latencies;
import dev.sluice.plugins.logging.LogEntry;
import dev.sluice.plugins.logging.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts the figures of each request into a queue, one line for each metric. */
final class DatadogFilter implements Filter.Log {

  private final DatadogConfig config;
  private final BatchQueue<List<String>> queue;

  DatadogFilter(DatadogConfig config, BatchQueue<List<String>> queue) {
    this.config = config;
    this.queue = queue;
  }

  @Override
  public void log(RequestContext context) {
    Latencies latencies = Latencies.of(context);
    String service = config.serviceTag() + ":" + service(context);
    String status = config.statusTag() + ":" + LogEntry.status(context);
    List<String> lines = new ArrayList<>(config.metrics().size());
    for (Metric metric : config.metrics()) {
      OptionalLong value = metric.figure().of(context, latencies);
      if (value.isPresent()) {
        List<String> tags = new ArrayList<>(3 + metric.tags().size());
        tags.add(service);
        tags.add(status);
        consumer(metric, context).ifPresent(name -> tags.add(config.consumerTag() + ":" + name));
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
  private static String service(RequestContext context) {
    Optional<Service> service = context.match().flatMap(match -> match.definition().service());
    return service.map(each -> each.name().orElse(each.host()).replace('.', '_')).orElse("");
  }
}
