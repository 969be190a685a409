package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UpstreamRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Changes requests. All values of templates are those that the request came with. */
final class TransformerFilter implements Filter.Access {

  /** A longer body goes on as it is. */
  private static final int MAX_BODY = 8 * 1024 * 1024;

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "TRACE");

  private final TransformerConfig config;
  private final boolean withHeaders;
  private final boolean movesForm;

  TransformerFilter(TransformerConfig config) {
    this.config = config;
    this.withHeaders = config.refersTo("headers");
    this.movesForm = config.method().filter(WITHOUT_BODY::contains).isPresent();
  }

  @Override
  public Future<Void> access(RequestContext context) {
    RequestScope scope = new RequestScope(context, withHeaders);
    UpstreamRequest request = context.upstreamRequest();
    config.uri().ifPresent(uri -> path(request, uri.render(scope)));
    config.method().ifPresent(request::method);
    if (!config.headers().isEmpty()) {
      Target.apply(config.headers(), new HeaderTarget(request.headers()), scope);
    }
    String contentType = request.headers().get("Content-Type").orElse("");
    boolean wantsBody = !config.body().isEmpty() && BodyEdits.understands(contentType)
        || movesForm && BodyEdits.isForm(contentType);
    if (!wantsBody) {
      query(request, scope);
      return Filters.CONTINUE;
    }
    if (!context.request().hasBody()) {
      body(request, contentType, Buffer.buffer(), scope);
      query(request, scope);
      return Filters.CONTINUE;
    }
    return context.request().body(MAX_BODY)
        .map(body -> {
          moveForm(request, contentType, body);
          body(request, contentType, body, scope);
          return null;
        })
        .recover(cause ->
            cause instanceof BodyTooLargeException ? Future.succeededFuture() : Future.failedFuture(cause))
        .map(done -> {
          query(request, scope);
          return null;
        });
  }

  private static void path(UpstreamRequest request, String rendered) {
    String target = rendered.startsWith("/") ? rendered : "/" + rendered;
    int mark = target.indexOf('?');
    if (mark < 0) {
      request.path(target);
      return;
    }
    request.path(target.substring(0, mark));
    String own = target.substring(mark + 1);
    request.query(request.query().isEmpty() ? own : own + "&" + request.query());
  }

  private void body(UpstreamRequest request, String contentType, Buffer body, Scope scope) {
    if (!config.body().isEmpty()) {
      BodyEdits.apply(config.body(), contentType, body, scope).ifPresent(request::body);
    }
  }

  private void moveForm(UpstreamRequest request, String contentType, Buffer body) {
    if (movesForm && BodyEdits.isForm(contentType)) {
      Arguments form = Arguments.parse(body.toString(StandardCharsets.ISO_8859_1));
      if (!form.isEmpty()) {
        Arguments query = Arguments.parse(request.query());
        query.addAll(form);
        request.query(query.encode());
      }
    }
  }

  private void query(UpstreamRequest request, Scope scope) {
    if (!config.query().isEmpty()) {
      Arguments arguments = Arguments.parse(request.query());
      if (Target.apply(config.query(), arguments, scope)) {
        request.query(arguments.encode());
      }
    }
  }
}
