package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/**
 * {@code X-B3-TraceId} and its like; the one header {@code b3} comes first where both are there. A decision counts even
 * when the identifiers beside it are broken.
 */
final class B3 implements Codec {

  private static final CharSequence TRACE = HttpHeaders.createOptimized("x-b3-traceid");
  private static final CharSequence SPAN = HttpHeaders.createOptimized("x-b3-spanid");
  private static final CharSequence PARENT = HttpHeaders.createOptimized("x-b3-parentspanid");
  private static final CharSequence SAMPLED = HttpHeaders.createOptimized("x-b3-sampled");
  private static final CharSequence FLAGS = HttpHeaders.createOptimized("x-b3-flags");
  private static final String DEBUG = "1";

  private final B3Single single = new B3Single();

  @Override
  public Incoming extract(Headers headers) {
    Incoming one = single.extract(headers);
    if (!one.equals(Incoming.NONE)) {
      return one;
    }
    Optional<String> trace = headers.get(TRACE);
    Sampling sampling = sampling(headers);
    if (trace.isEmpty()) {
      return Incoming.of(Format.B3, sampling);
    }
    Optional<TraceId> id = TraceId.parse(trace.get());
    Optional<String> given = headers.get(SPAN);
    long span = given.map(Hex::id).orElse(0L);
    if (id.isEmpty() || given.isPresent() && span == 0) {
      return Incoming.of(Format.B3, sampling);
    }
    return Incoming.of(Format.B3, id.get(), span, headers.get(PARENT).map(Hex::id).orElse(0L), sampling);
  }

  private static Sampling sampling(Headers headers) {
    if (headers.get(FLAGS).filter(DEBUG::equals).isPresent()) {
      return Sampling.DEBUG;
    }
    return headers.get(SAMPLED).map(Sampling::parse).orElse(Sampling.UNDECIDED);
  }

  @Override
  public void inject(Outgoing span, MutableHeaders headers) {
    headers.set(TRACE, span.traceId().hex()).set(SPAN, Hex.of(span.spanId()));
    if (span.parentId() == 0) {
      headers.remove(PARENT);
    } else {
      headers.set(PARENT, Hex.of(span.parentId()));
    }
    if (span.sampling() == Sampling.DEBUG) {
      headers.set(FLAGS, DEBUG).remove(SAMPLED);
    } else {
      headers.set(SAMPLED, span.sampled() ? "1" : "0").remove(FLAGS);
    }
  }
}
