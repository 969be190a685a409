package dev.sluice.plugins.requesttermination;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Answers requests. */
final class TerminationFilter implements Filter.Access {

  /** Types that are given a charset when they name none. */
  private static final Set<String> TEXTS = Set.of(
      "application/javascript",
      "application/rss+xml",
      "text/html",
      "text/plain",
      "text/vnd.wap.wml",
      "text/xml");

  private final TerminationConfig config;
  private final Echo echo;
  private final Optional<String> message;
  private final String contentType;

  TerminationFilter(TerminationConfig config, Echo echo) {
    this.config = config;
    this.echo = echo;
    this.message = config.message().or(() -> StatusTexts.message(config.status()));
    this.contentType = withCharset(config.contentType().orElse(""));
    if (contentType.chars().anyMatch(c -> c < ' ' || c >= 127)) {
      throw new IllegalArgumentException("content_type holds a character that no header may hold");
    }
  }

  private static String withCharset(String type) {
    return TEXTS.contains(type.strip().toLowerCase(Locale.ROOT)) ? type + "; charset=UTF-8" : type;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (config.trigger().isPresent() && !triggered(context.request(), config.trigger().get())) {
      return Filters.CONTINUE;
    }
    if (config.echo()) {
      return echo.of(context, message).map(told -> {
        context.answer(Answer.json(config.status(), told));
        return null;
      });
    }
    context.answer(answer());
    return Filters.CONTINUE;
  }

  private static boolean triggered(ClientRequest request, String trigger) {
    return request.headers().contains(trigger) || request.query().containsKey(trigger);
  }

  private Answer answer() {
    int status = config.status();
    if (status < 200 || status == 204 || status == 304) {
      return Answer.empty(status);
    } else if (config.body().isPresent()) {
      return Answer.bytes(status, contentType, Buffer.buffer(config.body().get()));
    } else if (message.isPresent()) {
      return Answer.json(status, new JsonObject().put("message", message.get()));
    }
    return StatusTexts.error(status)
        .map(text -> Answer.error(status, text))
        .or(() -> StatusTexts.page(status)
            .map(page -> Answer.bytes(status, withCharset("text/html"), Buffer.buffer(page))))
        .orElseGet(() -> Answer.empty(status));
  }
}
