package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Filters with those phases alone that cost a request something: a filter of the body costs the Content-Length. */
final class FunctionFilters {

  private FunctionFilters() {}

  /** Looks at no answer. */
  static class Plain implements Filter.Rewrite, Filter.Access {

    private final FunctionFilter scripts;

    Plain(FunctionFilter scripts) {
      this.scripts = scripts;
    }

    FunctionFilter scripts() {
      return scripts;
    }

    @Override
    public Future<Void> rewrite(RequestContext context) {
      return scripts.rewrite(context);
    }

    @Override
    public Future<Void> access(RequestContext context) {
      return scripts.access(context);
    }
  }

  /** Looks at the head of the answer. */
  static class WithHeader extends Plain implements Filter.Header {

    WithHeader(FunctionFilter scripts) {
      super(scripts);
    }

    @Override
    public void headerFilter(RequestContext context) {
      scripts().headerFilter(context);
    }
  }

  /** Looks at the head of the answer, and logs. */
  static final class WithHeaderAndLog extends WithHeader implements Filter.Log {

    WithHeaderAndLog(FunctionFilter scripts) {
      super(scripts);
    }

    @Override
    public void log(RequestContext context) {
      scripts().log(context);
    }
  }

  /** Looks at the body. */
  static final class WithBody extends WithHeader implements Filter.Body {

    WithBody(FunctionFilter scripts) {
      super(scripts);
    }

    @Override
    public Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
      return scripts().bodyFilter(context, chunk, last);
    }
  }

  /** Logs. */
  static final class WithLog extends Plain implements Filter.Log {

    WithLog(FunctionFilter scripts) {
      super(scripts);
    }

    @Override
    public void log(RequestContext context) {
      scripts().log(context);
    }
  }

  /** Looks at the body and logs. */
  static final class WithBodyAndLog extends WithHeader implements Filter.Body, Filter.Log {

    WithBodyAndLog(FunctionFilter scripts) {
      super(scripts);
    }

    @Override
    public Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
      return scripts().bodyFilter(context, chunk, last);
    }

    @Override
    public void log(RequestContext context) {
      scripts().log(context);
    }
  }
}
