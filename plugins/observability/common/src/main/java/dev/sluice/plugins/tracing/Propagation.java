package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.LogFields;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import java.util.List;
import java.util.Optional;

/**
 * How a trace comes in and goes on.
 *
 * @param extract the formats that are looked for, in this order; the first one that is found counts
 * @param clear headers that are taken away
 * @param inject the formats that the upstream gets in any case
 * @param preserve whether it also gets the format that was found
 * @param fallback the format it gets with {@code preserve} when none was found
 */
public record Propagation(
    List<Format> extract, List<String> clear, List<Format> inject, boolean preserve, Format fallback) {

  /** What a request brings along. */
  public Incoming extract(Headers headers) {
    for (Format format : extract) {
      Incoming found = format.extract(headers);
      if (found.format().isPresent()) {
        return found;
      }
    }
    return Incoming.NONE;
  }

  /** Tells the upstream of a trace, and the log by which identifier it is known there. For the phase ACCESS. */
  public void apply(Incoming from, Outgoing span, RequestContext context) {
    MutableHeaders headers = context.upstreamRequest().headers();
    for (String name : clear) {
      headers.remove(name);
    }
    Optional<Format> kept = preserve ? Optional.of(from.format().orElse(fallback)) : Optional.empty();
    for (Format format : inject) {
      put(format, span, headers, context);
    }
    if (kept.isPresent() && !inject.contains(kept.get())) {
      put(kept.get(), span, headers, context);
    }
    if (kept.isEmpty() && inject.isEmpty()) {
      log(from.format().orElse(fallback), span, context);
    }
  }

  private static void put(Format format, Outgoing span, MutableHeaders headers, RequestContext context) {
    format.inject(span, headers);
    log(format, span, context);
  }

  /** Beside what another plugin has told of its trace. */
  private static void log(Format format, Outgoing span, RequestContext context) {
    LogFields.put(context, format.logged(), format.shown(span.traceId()));
  }
}
