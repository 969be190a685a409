package dev.sluice.plugins.example;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;

/** Counts requests, refuses those above the limit, and puts a header on every answer. */
final class ExampleFilter implements Filter.Access, Filter.Header, Filter.Log {

  private static final ContextKey<RequestCounts.Count> COUNT =
      ContextKey.of("example count", RequestCounts.Count.class);
  private static final Answer TOO_MANY = Answer.error(429, "No requests left");

  private final ExampleConfig config;
  private final RequestCounts counts;

  ExampleFilter(ExampleConfig config, RequestCounts counts) {
    this.config = config;
    this.counts = counts;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    RequestCounts.Count count = counts.of(context.consumer().map(Consumer::id).orElse(RequestCounts.NOBODY));
    context.put(COUNT, count);
    if (count.request() > config.maxRequests().orElse(Long.MAX_VALUE)) {
      context.answer(TOO_MANY);
    }
    return Filters.CONTINUE;
  }

  @Override
  public void headerFilter(RequestContext context) {
    context.response().headers().set(config.headerName(), config.headerValue());
  }

  @Override
  public void log(RequestContext context) {
    if (context.response().status() >= 500) {
      context.get(COUNT).ifPresent(RequestCounts.Count::error);
    }
  }
}
