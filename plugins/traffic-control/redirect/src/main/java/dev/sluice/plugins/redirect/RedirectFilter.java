package dev.sluice.plugins.redirect;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Answers every request with a redirect. */
final class RedirectFilter implements Filter.Access {

  private final RedirectConfig config;
  private final Answer answer;
  private final String origin;

  RedirectFilter(RedirectConfig config) {
    if (config.location().chars().anyMatch(c -> c <= ' ' || c == 127)) {
      throw new IllegalArgumentException("location holds a blank or a control character");
    }
    this.config = config;
    this.answer = Answer.bytes(config.status(), "text/plain; charset=UTF-8", Buffer.buffer("redirecting"));
    this.origin = config.origin();
  }

  @Override
  public Future<Void> access(RequestContext context) {
    String location = config.keepPath() ? origin + target(context.request()) : config.location();
    context.answer(answer.header("Location", location));
    return Filters.CONTINUE;
  }

  private static String target(ClientRequest request) {
    return request.rawQuery().isEmpty() ? request.rawPath() : request.rawPath() + "?" + request.rawQuery();
  }
}
