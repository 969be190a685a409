package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;

/** Passes traces on, and reports those that are sampled. */
class OpenTelemetryFilter implements Filter.Access, Filter.Log {

  private final Tracer tracer;
  private final Reporter reporter;

  OpenTelemetryFilter(Tracer tracer, Reporter reporter) {
    this.tracer = tracer;
    this.reporter = reporter;
  }

  @Override
  public final Future<Void> access(RequestContext context) {
    reporter.begun(context, tracer.pass(context));
    return Filters.CONTINUE;
  }

  @Override
  public final void log(RequestContext context) {
    reporter.ended(context, tracer.of(context));
  }

  /** Tells the client of the trace besides. */
  static final class WithHeader extends OpenTelemetryFilter implements Filter.Header {
    private final Tracer shown;

    WithHeader(Tracer tracer, Reporter reporter) {
      super(tracer, reporter);
      this.shown = tracer;
    }

    @Override
    public void headerFilter(RequestContext context) {
      shown.show(context);
    }
  }

  /** Passes traces on, and reports nothing. */
  static class Passing implements Filter.Access {
    private final Tracer tracer;

    Passing(Tracer tracer) {
      this.tracer = tracer;
    }

    @Override
    public final Future<Void> access(RequestContext context) {
      tracer.pass(context);
      return Filters.CONTINUE;
    }
  }

  /** Passes traces on, tells the client, and reports nothing. */
  static final class PassingWithHeader extends Passing implements Filter.Header {
    private final Tracer shown;

    PassingWithHeader(Tracer tracer) {
      super(tracer);
      this.shown = tracer;
    }

    @Override
    public void headerFilter(RequestContext context) {
      shown.show(context);
    }
  }
}
