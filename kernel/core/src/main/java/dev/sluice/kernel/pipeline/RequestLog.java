package dev.sluice.kernel.pipeline;

import dev.sluice.kernel.accesslog.AccessLog;
import dev.sluice.kernel.accesslog.LoggedRequest;

/** The access log of the requests of one event loop. */
public final class RequestLog {

  private final AccessLog<LoggedRequest> lines;
  private final LoggedExchange shown = new LoggedExchange();

  /** Makes one that writes to a log. */
  RequestLog(AccessLog<LoggedRequest> lines) {
    this.lines = lines;
  }

  /** Whether lines say how long requests are. */
  boolean wantsHead() {
    return lines.wantsHead();
  }

  /** Whether lines say whom requests were sent to. */
  boolean wantsAttempts() {
    return lines.wantsAttempts();
  }

  /** Notes a request that has ended. */
  void ended(Exchange exchange) {
    if (lines.on()) {
      shown.show(exchange);
      lines.log(shown);
      shown.show(null);
    }
  }

  /** Notes a request that could not be read. */
  void malformed(LoggedMalformed request) {
    lines.log(request);
  }

  void flush() {
    lines.flush();
  }

  void end() {
    lines.end();
  }
}
