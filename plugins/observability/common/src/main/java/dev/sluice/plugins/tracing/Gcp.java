package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** {@code X-Cloud-Trace-Context: trace/span;o=1}: the span is decimal, and the decision may be missing. */
final class Gcp implements Codec {

  private static final CharSequence NAME = HttpHeaders.createOptimized("x-cloud-trace-context");
  private static final String OPTION = ";o=";
  private static final int TRACE = 32;

  @Override
  public Incoming extract(Headers headers) {
    return headers.get(NAME).map(Gcp::read).orElse(Incoming.NONE);
  }

  private static Incoming read(String value) {
    if (value.length() <= TRACE || value.charAt(TRACE) != '/') {
      return Incoming.NONE;
    }
    int option = value.indexOf(OPTION, TRACE);
    Optional<TraceId> trace = TraceId.parse(value, 0, TRACE);
    long span = Decimal.parse(value.substring(TRACE + 1, option < 0 ? value.length() : option));
    Sampling sampling = option < 0
        ? Sampling.UNDECIDED
        : Sampling.parse(value.substring(option + OPTION.length()));
    return trace.isEmpty() || span == 0 ? Incoming.NONE : Incoming.of(Format.GCP, trace.get(), span, 0, sampling);
  }

  @Override
  public void inject(Outgoing span, MutableHeaders headers) {
    headers.set(
        NAME,
        span.traceId().wideHex() + "/" + Long.toUnsignedString(span.spanId()) + OPTION + span.flag());
  }

  @Override
  public String shown(TraceId id) {
    return id.wideHex();
  }
}
