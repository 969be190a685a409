package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.RequestContext;

/** Begins traces and passes them on, by one configuration. */
final class Tracer {

  private static final ContextKey<RequestTrace> TRACE = ContextKey.of("opentelemetry", RequestTrace.class);

  private final OpenTelemetryConfig config;
  private final Instrumentations on;
  private final double rate;

  Tracer(OpenTelemetryConfig config, Instrumentations on) {
    this.config = config;
    this.on = on;
    this.rate = config.samplingRate().orElse(on.rate());
  }

  /** The trace of a request, begun with what the request brings along. */
  RequestTrace of(RequestContext context) {
    RequestTrace known = context.get(TRACE).orElse(null);
    if (known != null && known.isOf(this)) {
      return known;
    }
    RequestTrace begun =
        new RequestTrace(this, on, config.propagation().extract(context.request().headers()), rate);
    context.put(TRACE, begun);
    return begun;
  }

  /** Passes the trace on to the upstream. For the phase ACCESS. */
  RequestTrace pass(RequestContext context) {
    RequestTrace trace = of(context);
    config.propagation().apply(trace.from(), trace.outgoing(), context);
    return trace;
  }

  /** Tells the client of the trace. For the phase HEADER_FILTER. */
  void show(RequestContext context) {
    config.traceIdHeader().ifPresent(name -> context.response().headers().add(name, of(context).id().wideHex()));
  }
}
