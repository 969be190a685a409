package dev.sluice.plugins.statsd;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.BatchQueue;
import java.util.List;

/** Puts the metrics of each request and each stream into a queue. */
final class StatsdFilter implements Filter.Log, Filter.StreamLog {

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
    add(Measured.of(context));
  }

  @Override
  public void streamLog(EndedStream stream) {
    add(Measured.of(stream));
  }

  private void add(Measured of) {
    if (config.counts(of.status())) {
      List<String> metrics = lines.of(of);
      if (!metrics.isEmpty()) {
        queue.add(metrics);
      }
    }
  }
}
