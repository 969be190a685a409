package dev.sluice.plugins.loggly;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.CustomFields;
import dev.sluice.plugins.logging.LogEntry;
import dev.sluice.plugins.logging.Severities;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** Puts the entry of each request and each stream into a queue, as a message of syslog with the customer's token. */
final class LogglyFilter implements Filter.Log, Filter.StreamLog {

  private static final int USER = 8;
  private static final String LOGGLY = "@41058";

  private final BatchQueue<String> queue;
  private final Severities severities;
  private final CustomFields fields;
  private final Clock clock;
  private final String middle;

  LogglyFilter(LogglyConfig config, BatchQueue<String> queue, String hostname, Clock clock) {
    this.queue = queue;
    this.severities = config.severities();
    this.fields = config.fields();
    this.clock = clock;
    String tags = config.tags().stream().map(tag -> "tag=\"" + tag + '"').collect(Collectors.joining(" "));
    this.middle = " " + hostname + " kong - - [" + config.key() + LOGGLY + " " + tags + "] ";
  }

  @Override
  public void log(RequestContext context) {
    severities.of(context).ifPresent(severity -> add(severity, LogEntry.of(context, fields)));
  }

  @Override
  public void streamLog(EndedStream stream) {
    severities.of(stream.status()).ifPresent(severity -> add(severity, LogEntry.of(stream, fields)));
  }

  private void add(int severity, JsonObject entry) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    queue.add("<" + (USER + severity) + ">1 " + now + middle + entry.encode());
  }
}
