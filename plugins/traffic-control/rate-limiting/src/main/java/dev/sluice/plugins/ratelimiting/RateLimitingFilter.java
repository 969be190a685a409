package dev.sluice.plugins.ratelimiting;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.Service;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.traffic.CounterKey;
import dev.sluice.plugins.traffic.KnownClients;
import dev.sluice.plugins.traffic.Policies;
import dev.sluice.plugins.traffic.Policy;
import dev.sluice.plugins.traffic.Windows;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets so many requests of a client pass, and refuses the others. */
final class RateLimitingFilter implements Filter.Access {

  private static final Logger log = LoggerFactory.getLogger(RateLimitingFilter.class);

  private final RateLimitingConfig config;
  private final String scope;
  private final Policies policies;
  private final Policy policy;
  private final Tariff tariff;
  private final Answer refusal;
  private final KnownClients clients = new KnownClients();

  RateLimitingFilter(RateLimitingConfig config, String scope, Policies policies, Policy policy) {
    this.config = config;
    this.scope = scope;
    this.policies = policies;
    this.policy = policy;
    this.tariff = new Tariff(config.limits());
    this.refusal = Answer.error(config.errorCode(), config.errorMessage());
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Windows windows = policies.now();
    Future<long[]> counted = policy.take(key(context), tariff.limits(), windows);
    if (counted.succeeded()) {
      settle(context, counted.result(), windows);
      return Filters.CONTINUE;
    }
    Context loop = Vertx.currentContext();
    Promise<Void> settled = Promise.promise();
    counted.onComplete(outcome -> loop.runOnContext(here -> {
      if (outcome.succeeded()) {
        settle(context, outcome.result(), windows);
        settled.complete();
      } else if (config.faultTolerant()) {
        log.warn("request {} was not counted: {}", context.id(), outcome.cause().toString());
        settled.complete();
      } else {
        settled.fail(outcome.cause());
      }
    }));
    return settled.future();
  }

  private void settle(RequestContext context, long[] used, Windows windows) {
    boolean exceeded = tariff.exceeded(used);
    if (config.hideClientHeaders()) {
      if (exceeded) {
        context.answer(refusal);
      }
      return;
    }
    String reset = tariff.show(used, exceeded, windows, context.response().headers());
    if (exceeded) {
      context.answer(refusal.header("Retry-After", reset));
    }
  }

  private CounterKey key(RequestContext context) {
    long identity = config.limitBy() == RateLimitingConfig.LimitBy.CONSUMER ? context.identityNumber() : 0;
    return identity == 0
        ? CounterKey.of(scope, who(context))
        : clients.get(identity, () -> policy.known(CounterKey.of(scope, who(context)), tariff.limits()));
  }

  private String who(RequestContext context) {
    Optional<String> known = switch (config.limitBy()) {
      case CONSUMER -> client(context);
      case CREDENTIAL -> context.credential().map(Credential::id);
      case SERVICE -> context.match().flatMap(match -> match.definition().service()).map(Service::id);
      case HEADER -> context.request().headers().get(config.headerName());
      case PATH -> Optional.of(context.request().path()).filter(config.path()::equals);
      case IP -> Optional.empty();
    };
    return known.isPresent() ? known.get() : context.request().clientAddress();
  }

  private static Optional<String> client(RequestContext context) {
    Optional<Consumer> consumer = context.consumer();
    return consumer.isPresent() ? Optional.of(consumer.get().id()) : context.credential().map(Credential::id);
  }
}
