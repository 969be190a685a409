package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** {@code X-Amzn-Trace-Id: Root=1-time-rest;Parent=span;Sampled=1}, in any order, with other fields between. */
final class Aws implements Codec {

  private static final CharSequence NAME = HttpHeaders.createOptimized("x-amzn-trace-id");
  private static final String ROOT = "Root=";
  private static final String PARENT = "Parent=";
  private static final String SAMPLED = "Sampled=";
  private static final String VERSION = "1-";
  private static final int TIME = 8;
  private static final int LENGTH = 35;
  private static final int LONGEST = 1024;

  @Override
  public Incoming extract(Headers headers) {
    return headers.get(NAME).filter(value -> value.length() <= LONGEST).map(Aws::read).orElse(Incoming.NONE);
  }

  private static Incoming read(String value) {
    Optional<TraceId> trace = field(value, ROOT).flatMap(Aws::root);
    long span = field(value, PARENT).map(Hex::id).orElse(0L);
    Sampling sampling = field(value, SAMPLED).map(Sampling::parse).orElse(Sampling.UNDECIDED);
    return trace.isEmpty() ? Incoming.NONE : Incoming.of(Format.AWS, trace.get(), span, 0, sampling);
  }

  /** The value of a field; names are compared without regard to case. */
  private static Optional<String> field(String value, String name) {
    for (int from = 0; from < value.length(); ) {
      int semicolon = value.indexOf(';', from);
      int end = semicolon < 0 ? value.length() : semicolon;
      while (from < end && value.charAt(from) == ' ') {
        from++;
      }
      if (value.regionMatches(true, from, name, 0, name.length())) {
        return Optional.of(value.substring(from + name.length(), end).strip());
      }
      from = end + 1;
    }
    return Optional.empty();
  }

  private static Optional<TraceId> root(String value) {
    int dash = VERSION.length() + TIME;
    if (value.length() != LENGTH || !value.startsWith(VERSION) || value.charAt(dash) != '-') {
      return Optional.empty();
    }
    return TraceId.parse(value.substring(VERSION.length(), dash) + value.substring(dash + 1));
  }

  @Override
  public void inject(Outgoing span, MutableHeaders headers) {
    headers.set(
        NAME,
        ROOT + shown(span.traceId()) + ";" + PARENT + Hex.of(span.spanId()) + ";" + SAMPLED + span.flag());
  }

  @Override
  public String shown(TraceId id) {
    String digits = id.wideHex();
    return VERSION + digits.substring(0, TIME) + "-" + digits.substring(TIME);
  }
}
