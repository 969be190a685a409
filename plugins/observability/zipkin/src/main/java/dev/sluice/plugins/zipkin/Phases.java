package dev.sluice.plugins.zipkin;

import dev.sluice.api.request.RequestContext;
import java.math.BigDecimal;

/**
 * When the phases of a request were, in nanoseconds since its head was read; -1 for one that was not.
 *
 * @param access when ACCESS began
 * @param accessEnd when it was over: a target was looked for, or an answer was there
 * @param header when HEADER_FILTER began
 * @param ended when the request ended
 */
record Phases(long access, long accessEnd, long header, long ended) {

  private static final int NANOS_DIGITS = 6;

  static Phases of(RequestContext context, ZipkinTrace trace) {
    long ended = context.timeline().ended();
    long header = trace.header() < 0 ? ended : trace.header();
    long accessEnd = context.attempts().isEmpty() ? header : context.attempts().get(0).startedNanos();
    return new Phases(trace.access(), accessEnd, trace.header(), ended);
  }

  /** When the span of the proxy begins. */
  long proxyBegun() {
    return access >= 0 ? access : header >= 0 ? header : ended;
  }

  /** Tells of REWRITE, which lasts until ACCESS begins. */
  void rewrite(Span span, boolean tags) {
    tell(span, tags, "rewrite", "kr", 0, proxyBegun());
  }

  /** Tells of the other phases. */
  void proxy(Span span, boolean tags) {
    if (access >= 0) {
      tell(span, tags, "access", "ka", access, accessEnd);
    }
    if (header >= 0) {
      // Where one ends and the other begins is not known; filters of heads take no time worth telling.
      tell(span, tags, "header_filter", "kh", header, header);
      tell(span, tags, "body_filter", "kb", header, ended);
    }
  }

  private static void tell(Span span, boolean tags, String phase, String letters, long from, long to) {
    if (tags) {
      String millis = BigDecimal.valueOf(to - from, NANOS_DIGITS).stripTrailingZeros().toPlainString();
      span.tag("kong." + phase + ".duration_ms", millis);
    } else {
      span.annotate(letters + "s", from);
      span.annotate(letters + "f", to);
    }
  }
}
