package dev.sluice.plugins.statsd;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.LogEntry;
import java.util.List;

/** Puts the metrics of each request into a queue. */
final class StatsdFilter implements Filter.Log {

  private final StatsdConfig config;
  private final Lines lines;
  private final BatchQueue<List<String>> queue;

  StatsdFilter(StatsdConfig config, Lines lines, BatchQueue<List<String>> queue) {
    this.config = config;
    this.lines = lines;
    this.queue = queue;
  }

  @Override
  public void log(RequestContext context) {
    if (config.counts(LogEntry.status(context))) {
      List<String> metrics = lines.of(context);
      if (!metrics.isEmpty()) {
        queue.add(metrics);
      }
    }
  }
}
