package dev.sluice.plugins.syslog;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.LogEntry;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Puts the entry of each request and each stream into a queue, in the form in which programs write to the machine's log. */
final class SyslogFilter implements Filter.Log, Filter.StreamLog {

  private static final int SEVERITIES = 8;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

  private final SyslogConfig config;
  private final BatchQueue<String> queue;
  private final Clock clock;

  SyslogFilter(SyslogConfig config, BatchQueue<String> queue, Clock clock) {
    this.config = config;
    this.queue = queue;
    this.clock = clock;
  }

  @Override
  public void log(RequestContext context) {
    config.severities().of(context).ifPresent(severity -> add(severity, LogEntry.of(context, config.fields())));
  }

  @Override
  public void streamLog(EndedStream stream) {
    config
        .severities()
        .of(stream.status())
        .ifPresent(severity -> add(severity, LogEntry.of(stream, config.fields())));
  }

  private void add(int severity, JsonObject entry) {
    String time = TIME.format(ZonedDateTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
    queue.add("<" + (config.facility() * SEVERITIES + severity) + ">" + time + " kong: " + entry.encode());
  }
}
