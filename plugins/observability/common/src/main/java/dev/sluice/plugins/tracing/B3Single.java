package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** {@code b3: trace-span-decision-parent}, of which the last two may be missing; or a decision alone. */
final class B3Single implements Codec {

  private static final CharSequence NAME = HttpHeaders.createOptimized("b3");
  private static final int LONGEST = 68;

  @Override
  public Incoming extract(Headers headers) {
    return headers.get(NAME).map(B3Single::read).orElse(Incoming.NONE);
  }

  private static Incoming read(String value) {
    if (value.length() == 1) {
      return Incoming.of(Format.B3_SINGLE, decision(value));
    }
    if (value.length() > LONGEST) {
      return Incoming.NONE;
    }
    String[] parts = value.split("-", -1);
    if (parts.length < 2 || parts.length > 4) {
      return Incoming.NONE;
    }
    Optional<TraceId> trace = TraceId.parse(parts[0]);
    long span = Hex.id(parts[1]);
    Sampling sampling = parts.length > 2 ? decision(parts[2]) : Sampling.UNDECIDED;
    long parent = parts.length > 3 ? Hex.id(parts[3]) : 0;
    boolean whole = trace.isPresent()
        && span != 0
        && (parts.length < 3 || sampling != Sampling.UNDECIDED)
        && (parts.length < 4 || parent != 0);
    return whole ? Incoming.of(Format.B3_SINGLE, trace.get(), span, parent, sampling) : Incoming.NONE;
  }

  private static Sampling decision(String letter) {
    return switch (letter) {
      case "0" -> Sampling.NO;
      case "1" -> Sampling.YES;
      case "d" -> Sampling.DEBUG;
      default -> Sampling.UNDECIDED;
    };
  }

  @Override
  public void inject(Outgoing span, MutableHeaders headers) {
    StringBuilder value = new StringBuilder(LONGEST).append(span.traceId().hex()).append('-');
    Hex.append(value, span.spanId()).append('-').append(span.sampling() == Sampling.DEBUG ? 'd' : span.flag());
    if (span.parentId() != 0) {
      Hex.append(value.append('-'), span.parentId());
    }
    headers.set(NAME, value);
  }
}
