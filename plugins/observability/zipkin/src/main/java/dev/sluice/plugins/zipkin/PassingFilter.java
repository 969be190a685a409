package dev.sluice.plugins.zipkin;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;

/** Passes traces on, and tells nobody. */
class PassingFilter implements Filter.Access {

  private final Tracer tracer;

  PassingFilter(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public final Future<Void> access(RequestContext context) {
    tracer.pass(context);
    return Filters.CONTINUE;
  }

  /** Tells the client besides. */
  static final class WithHeader extends PassingFilter implements Filter.Header {
    private final Tracer shown;

    WithHeader(Tracer tracer) {
      super(tracer);
      this.shown = tracer;
    }

    @Override
    public void headerFilter(RequestContext context) {
      shown.show(context, shown.of(context));
    }
  }
}
