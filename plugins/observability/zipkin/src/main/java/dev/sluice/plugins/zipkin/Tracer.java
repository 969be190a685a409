package dev.sluice.plugins.zipkin;

import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.RequestContext;

/** Begins traces and passes them on, by one configuration. */
final class Tracer {

  private static final ContextKey<ZipkinTrace> TRACE = ContextKey.of("zipkin", ZipkinTrace.class);

  private final ZipkinConfig config;

  Tracer(ZipkinConfig config) {
    this.config = config;
  }

  /** The trace of a request, begun with what the request brings along. */
  ZipkinTrace of(RequestContext context) {
    ZipkinTrace known = context.get(TRACE).orElse(null);
    if (known != null && known.isOf(this)) {
      return known;
    }
    ZipkinTrace begun = new ZipkinTrace(
        this, config.propagation().extract(context.request().headers()), config.wideIds(), config.sampleRatio());
    context.put(TRACE, begun);
    return begun;
  }

  /** Passes the trace on to the upstream. For the phase ACCESS. */
  ZipkinTrace pass(RequestContext context) {
    ZipkinTrace trace = of(context);
    config.propagation().apply(trace.from(), trace.outgoing(), context);
    return trace;
  }

  /** Tells the client of the trace. For the phase HEADER_FILTER. */
  void show(RequestContext context, ZipkinTrace trace) {
    if (config.traceIdHeader().isPresent()) {
      context.response().headers().add(config.traceIdHeader().get(), trace.id().hex());
    }
  }
}
