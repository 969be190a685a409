package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.http.HttpHeaders;

/** {@code x-datadog-trace-id} and its like: decimal numbers of 64 bits, the upper half of a trace's among the tags. */
final class Datadog implements Codec {

  private static final CharSequence TRACE = HttpHeaders.createOptimized("x-datadog-trace-id");
  private static final CharSequence PARENT = HttpHeaders.createOptimized("x-datadog-parent-id");
  private static final CharSequence PRIORITY = HttpHeaders.createOptimized("x-datadog-sampling-priority");
  private static final CharSequence TAGS = HttpHeaders.createOptimized("x-datadog-tags");
  private static final String UPPER = "_dd.p.tid=";

  @Override
  public Incoming extract(Headers headers) {
    long trace = headers.get(TRACE).map(Decimal::parse).orElse(0L);
    if (trace == 0) {
      return Incoming.NONE;
    }
    long upper = headers.get(TAGS).map(Datadog::upper).orElse(0L);
    return Incoming.of(
        Format.DATADOG,
        new TraceId(upper, trace, true),
        headers.get(PARENT).map(Decimal::parse).orElse(0L),
        0,
        headers.get(PRIORITY).map(Datadog::sampling).orElse(Sampling.UNDECIDED));
  }

  private static long upper(String tags) {
    int at = tags.indexOf(UPPER);
    int from = at + UPPER.length();
    int to = from + Hex.DIGITS;
    boolean whole = at >= 0 && to <= tags.length() && (to == tags.length() || tags.charAt(to) == ',');
    return whole ? Hex.id(tags.substring(from, to)) : 0;
  }

  private static Sampling sampling(String priority) {
    return switch (priority) {
      case "1", "2" -> Sampling.YES;
      case "0", "-1" -> Sampling.NO;
      default -> Sampling.UNDECIDED;
    };
  }

  @Override
  public void inject(Outgoing span, MutableHeaders headers) {
    headers
        .set(TRACE, Long.toUnsignedString(span.traceId().low()))
        .set(PARENT, Long.toUnsignedString(span.spanId()))
        .set(PRIORITY, span.sampled() ? "1" : "0");
  }

  @Override
  public String shown(TraceId id) {
    return Long.toUnsignedString(id.low());
  }
}
