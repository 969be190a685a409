package dev.sluice.plugins.correlationid;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.HeaderText;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sees to it that a request carries an id, and tells the client which. */
final class CorrelationIdFilter implements Filter.Access, Filter.Header {

  private static final ContextKey<String> ID = ContextKey.of("correlation-id", String.class);
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private final String header;
  private final Generators.Generator generator;
  private final boolean echo;

  CorrelationIdFilter(CorrelationIdConfig config, Generators.Generator generator) {
    this.header = config.headerName();
    this.generator = generator;
    this.echo = config.echoDownstream();
    if (!TOKEN.matcher(header).matches()) {
      throw new IllegalArgumentException("'" + header + "' is no name of a header");
    }
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Optional<String> given = given(context);
    String id = given.orElseGet(() -> generator.next(context));
    if (given.isEmpty()) {
      context.upstreamRequest().headers().set(header, id);
    }
    context.put(ID, id);
    return Filters.CONTINUE;
  }

  /** The client's own id; what could not be sent on as a header is none. */
  private Optional<String> given(RequestContext context) {
    return context.request().headers().get(header)
        .filter(id -> !id.isEmpty() && HeaderText.isValue(id));
  }

  /** Also runs for requests that matched no route, which nobody has given an id yet. */
  @Override
  public void headerFilter(RequestContext context) {
    if (echo) {
      String id = context.get(ID).or(() -> given(context)).orElseGet(() -> generator.next(context));
      context.response().headers().set(header, id);
    }
  }
}
