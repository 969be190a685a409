package dev.sluice.plugins.zipkin;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.BatchQueue;
import io.vertx.core.Future;

/** Passes traces on, and reports those that are sampled. */
final class ReportingFilter implements Filter.Rewrite, Filter.Access, Filter.Header, Filter.Log {

  private final Tracer tracer;
  private final Spans spans;
  private final BatchQueue<String> queue;

  ReportingFilter(Tracer tracer, Spans spans, BatchQueue<String> queue) {
    this.tracer = tracer;
    this.spans = spans;
    this.queue = queue;
  }

  /** A request without a route has a trace, too. */
  @Override
  public Future<Void> rewrite(RequestContext context) {
    tracer.of(context);
    return Filters.CONTINUE;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    ZipkinTrace trace = tracer.pass(context);
    if (trace.sampled()) {
      trace.accessAt(context.timeline().ended());
    }
    return Filters.CONTINUE;
  }

  @Override
  public void headerFilter(RequestContext context) {
    ZipkinTrace trace = tracer.of(context);
    if (trace.sampled()) {
      trace.headerAt(context.timeline().ended());
    }
    tracer.show(context, trace);
  }

  @Override
  public void log(RequestContext context) {
    ZipkinTrace trace = tracer.of(context);
    if (trace.sampled()) {
      spans.of(context, trace).forEach(span -> queue.add(span.encode()));
    }
  }
}
