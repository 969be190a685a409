package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** {@code ot-tracer-traceid} and its like. */
final class OpenTracing implements Codec {

  private static final CharSequence TRACE = HttpHeaders.createOptimized("ot-tracer-traceid");
  private static final CharSequence SPAN = HttpHeaders.createOptimized("ot-tracer-spanid");
  private static final CharSequence SAMPLED = HttpHeaders.createOptimized("ot-tracer-sampled");

  @Override
  public Incoming extract(Headers headers) {
    Optional<String> trace = headers.get(TRACE);
    Sampling sampling = headers.get(SAMPLED).map(Sampling::parse).orElse(Sampling.UNDECIDED);
    if (trace.isEmpty()) {
      return Incoming.of(Format.OT, sampling);
    }
    Optional<TraceId> id = TraceId.parse(trace.get());
    Optional<String> given = headers.get(SPAN);
    long span = given.map(Hex::id).orElse(0L);
    return id.isEmpty() || given.isPresent() && span == 0
        ? Incoming.NONE
        : Incoming.of(Format.OT, id.get(), span, 0, sampling);
  }

  @Override
  public void inject(Outgoing span, MutableHeaders headers) {
    headers
        .set(TRACE, span.traceId().hex())
        .set(SPAN, Hex.of(span.spanId()))
        .set(SAMPLED, span.sampled() ? "1" : "0");
  }
}
