package dev.sluice.plugins.requestsizelimiting;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import java.util.Optional;

/** Refuses bodies that are too large: before they come when they say how long they are, else when they have come. */
final class SizeFilter implements Filter.Access {

  private static final String MESSAGE = "Request size limit exceeded";
  private static final Answer TOO_LARGE = Answer.error(413, MESSAGE);
  private static final Answer NOT_EXPECTED = Answer.error(417, MESSAGE);
  private static final Answer LENGTH_NEEDED = Answer.error(411, "A valid Content-Length header is required");

  private final SizeConfig config;
  private final int limit;

  SizeFilter(SizeConfig config) {
    this.config = config;
    this.limit = (int) Math.max(0, Math.min(Integer.MAX_VALUE - 8, config.bytes()));
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Optional<Double> length = context.request().headers().get("Content-Length").flatMap(SizeFilter::number);
    if (length.isPresent()) {
      if (length.get() > config.bytes()) {
        refuse(context);
      }
      return Filters.CONTINUE;
    } else if (config.lengthNeeded()) {
      context.answer(LENGTH_NEEDED);
      return Filters.CONTINUE;
    } else if (!context.request().hasBody()) {
      return Filters.CONTINUE;
    }
    return context.request().body(limit).<Void>mapEmpty().recover(cause -> {
      if (cause instanceof BodyTooLargeException) {
        refuse(context);
        return Filters.CONTINUE;
      }
      return Future.failedFuture(cause);
    });
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static void refuse(RequestContext context) {
    boolean expects = context.request().headers().get("Expect")
        .filter(text -> text.strip().equalsIgnoreCase("100-continue")).isPresent();
    context.answer(expects ? NOT_EXPECTED : TOO_LARGE);
  }
}
