package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.Service;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.ratelimitingadvanced.AdvancedConfig.Who;
import dev.sluice.plugins.traffic.CounterKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Lets so many requests of a client pass, and refuses the others. */
final class AdvancedFilter implements Filter.Access {

  private final AdvancedConfig config;
  private final Rules rules;
  private final Counting counting;
  private final Clock clock;
  private final Answer refusal;
  private final List<String> limitHeaders;
  private final List<String> remainingHeaders;

  AdvancedFilter(AdvancedConfig config, Counting counting, Clock clock) {
    this.config = config;
    this.rules = config.rules();
    this.counting = counting;
    this.clock = clock;
    this.refusal = Answer.error(config.refusal().code(), config.refusal().message());
    this.limitHeaders = rules.windows().stream().map(Rules.Window::limitHeader).toList();
    this.remainingHeaders = rules.windows().stream().map(Rules.Window::remainingHeader).toList();
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Future<Usage> counted = counting.take(new Cells.Key(config.namespace(), who(context)), rules, clock.millis());
    if (counted.succeeded()) {
      settle(context, counted.result());
      return Filters.CONTINUE;
    }
    Context loop = Vertx.currentContext();
    Promise<Void> settled = Promise.promise();
    counted.onComplete(outcome -> loop.runOnContext(here -> {
      if (outcome.succeeded()) {
        settle(context, outcome.result());
        settled.complete();
      } else {
        settled.fail(outcome.cause());
      }
    }));
    return settled.future();
  }

  private void settle(RequestContext context, Usage usage) {
    boolean refused = usage.refused();
    if (config.hideClientHeaders()) {
      if (refused) {
        context.answer(refusal);
      }
      return;
    }
    MutableHeaders headers = context.response().headers();
    for (int i = 0; i < limitHeaders.size(); i++) {
      headers.set(limitHeaders.get(i), rules.windows().get(i).shown());
      headers.set(remainingHeaders.get(i), Long.toString(usage.remaining(i, refused)));
    }
    int tightest = usage.tightest(refused);
    long reset = refused ? usage.wait(rules.countsRefused()) : usage.reset(tightest);
    headers.set("RateLimit-Limit", rules.windows().get(tightest).shown());
    headers.set("RateLimit-Remaining", Long.toString(usage.remaining(tightest, refused)));
    headers.set("RateLimit-Reset", Long.toString(reset));
    if (refused) {
      context.answer(refusal.header("Retry-After", Long.toString(reset + jitter())));
    }
  }

  private int jitter() {
    int most = config.refusal().jitter();
    return most == 0 ? 0 : ThreadLocalRandom.current().nextInt(most + 1);
  }

  private String who(RequestContext context) {
    if (config.who().size() == 1) {
      return CounterKey.of("", who(context, config.who().get(0))).who();
    }
    StringBuilder all = new StringBuilder();
    for (Who each : config.who()) {
      String name = who(context, each);
      // With its length before it, no two lists of names look alike.
      all.append(name.length()).append(':').append(name);
    }
    return CounterKey.of("", all.toString()).who();
  }

  private String who(RequestContext context, Who kind) {
    Optional<String> known = switch (kind) {
      case CONSUMER -> context.consumer().map(Consumer::id).or(() -> context.credential().map(Credential::id));
      case CREDENTIAL -> context.credential().map(Credential::id);
      case SERVICE -> context.match().flatMap(match -> match.definition().service()).map(Service::id);
      case HEADER -> context.request().headers().get(config.headerName());
      case PATH -> Optional.of(context.request().path()).filter(config.path()::equals);
      case IP -> Optional.empty();
    };
    return known.orElseGet(context.request()::clientAddress);
  }
}
