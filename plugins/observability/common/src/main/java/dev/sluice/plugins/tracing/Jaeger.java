package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** {@code uber-trace-id: trace:span:parent:flags}, without leading zeros, perhaps with its colons escaped. */
final class Jaeger implements Codec {

  private static final CharSequence NAME = HttpHeaders.createOptimized("uber-trace-id");
  private static final int SAMPLED = 1;
  private static final int DEBUG = 2;
  private static final int LONGEST = 128;

  @Override
  public Incoming extract(Headers headers) {
    return headers.get(NAME).map(Jaeger::read).orElse(Incoming.NONE);
  }

  private static Incoming read(String value) {
    if (value.length() > LONGEST) {
      return Incoming.NONE;
    }
    String plain = value.indexOf('%') < 0 ? value : value.replace("%3A", ":").replace("%3a", ":");
    String[] parts = plain.split(":", -1);
    if (parts.length != 4 || !number(parts[1]) || !number(parts[2]) || !number(parts[3])) {
      return Incoming.NONE;
    }
    Optional<TraceId> trace = TraceId.parse(parts[0], 0, parts[0].length());
    long span = Hex.parse(parts[1], 0, parts[1].length());
    if (trace.isEmpty() || span == 0) {
      return Incoming.NONE;
    }
    long flags = Hex.parse(parts[3], 0, parts[3].length());
    Sampling sampling = (flags & DEBUG) != 0 ? Sampling.DEBUG : Sampling.of((flags & SAMPLED) != 0);
    return Incoming.of(Format.JAEGER, trace.get(), span, Hex.parse(parts[2], 0, parts[2].length()), sampling);
  }

  private static boolean number(String digits) {
    return digits.length() <= Hex.DIGITS && Hex.is(digits, 0, digits.length());
  }

  @Override
  public void inject(Outgoing span, MutableHeaders headers) {
    StringBuilder value = new StringBuilder(LONGEST).append(span.traceId().hex()).append(':');
    Hex.append(value, span.spanId()).append(':');
    if (span.parentId() == 0) {
      value.append('0');
    } else {
      Hex.append(value, span.parentId());
    }
    headers.set(NAME, value.append(":0").append(span.sampling() == Sampling.DEBUG ? '3' : span.flag()));
  }
}
