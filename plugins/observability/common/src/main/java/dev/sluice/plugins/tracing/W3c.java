package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** {@code traceparent: version-trace-parent-flags}. A later version than ours may have more behind that. */
final class W3c implements Codec {

  private static final CharSequence NAME = HttpHeaders.createOptimized("traceparent");
  private static final int TRACE = 3;
  private static final int PARENT = 36;
  private static final int FLAGS = 53;
  private static final int LENGTH = 55;
  private static final int SAMPLED = 1;

  @Override
  public Incoming extract(Headers headers) {
    return headers.get(NAME).map(W3c::read).orElse(Incoming.NONE);
  }

  private static Incoming read(String value) {
    if (!wellFormed(value)) {
      return Incoming.NONE;
    }
    Optional<TraceId> trace = TraceId.parse(value, TRACE, PARENT - 1);
    long parent = Hex.parse(value, PARENT, FLAGS - 1);
    boolean sampled = (Hex.parse(value, FLAGS, LENGTH) & SAMPLED) != 0;
    return trace.isEmpty() || parent == 0
        ? Incoming.NONE
        : Incoming.of(Format.W3C, trace.get(), parent, 0, Sampling.of(sampled));
  }

  private static boolean wellFormed(String value) {
    if (value.length() < LENGTH
        || value.charAt(TRACE - 1) != '-'
        || value.charAt(PARENT - 1) != '-'
        || value.charAt(FLAGS - 1) != '-'
        || !Hex.is(value, 0, TRACE - 1)
        || !Hex.is(value, PARENT, FLAGS - 1)
        || !Hex.is(value, FLAGS, LENGTH)) {
      return false;
    }
    boolean ours = value.startsWith("00");
    boolean end = value.length() == LENGTH;
    return !value.regionMatches(true, 0, "ff", 0, 2) && (end || !ours && value.charAt(LENGTH) == '-');
  }

  @Override
  public void inject(Outgoing span, MutableHeaders headers) {
    StringBuilder value = new StringBuilder(LENGTH).append("00-").append(span.traceId().wideHex()).append('-');
    headers.set(NAME, Hex.append(value, span.spanId()).append("-0").append(span.flag()));
  }

  @Override
  public String shown(TraceId id) {
    return id.wideHex();
  }
}
