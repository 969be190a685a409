package dev.sluice.plugins.responseratelimiting;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.responseratelimiting.QuotaConfig.Quota;
import dev.sluice.plugins.traffic.CounterKey;
import dev.sluice.plugins.traffic.Limits;
import dev.sluice.plugins.traffic.Policies;
import dev.sluice.plugins.traffic.Policy;
import dev.sluice.plugins.traffic.Windows;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks what is left before a request goes upstream, and counts what its answer says that it has cost. */
final class QuotaFilter implements Filter.Access, Filter.Header, Filter.Body, Filter.Log {

  private static final Logger log = LoggerFactory.getLogger(QuotaFilter.class);
  private static final ContextKey<Usage> USAGE = ContextKey.of("response-ratelimiting usage", Usage.class);

  private final QuotaConfig config;
  private final String scope;
  private final Policies policies;
  private final Policy policy;

  /** What one request has found: used before it, for each quota and period; and what it costs. */
  private static final class Usage {
    private final String who;
    private final Windows windows;
    private final List<long[]> used;
    private Map<String, Long> costs = Map.of();
    private boolean refused;

    Usage(String who, Windows windows, List<long[]> used) {
      this.who = who;
      this.windows = windows;
      this.used = used;
    }
  }

  QuotaFilter(QuotaConfig config, String scope, Policies policies, Policy policy) {
    this.config = config;
    this.scope = scope;
    this.policies = policies;
    this.policy = policy;
  }

  private CounterKey key(Quota quota, String who) {
    return CounterKey.of(scope, who, quota.name());
  }

  @Override
  public Future<Void> access(RequestContext context) {
    String who = who(context);
    Windows windows = policies.now();
    List<Future<long[]>> asked = new ArrayList<>();
    for (Quota quota : config.quotas()) {
      asked.add(policy.used(key(quota, who), quota.limits(), windows));
    }
    Future<List<long[]>> used = Future.all(asked).map(all -> all.<long[]>list());
    if (used.succeeded()) {
      settle(context, new Usage(who, windows, used.result()));
      return Filters.CONTINUE;
    }
    Context loop = Vertx.currentContext();
    Promise<Void> settled = Promise.promise();
    used.onComplete(outcome -> loop.runOnContext(here -> {
      if (outcome.succeeded()) {
        settle(context, new Usage(who, windows, outcome.result()));
        settled.complete();
      } else if (config.faultTolerant()) {
        log.warn("request {} is not counted: {}", context.id(), outcome.cause().toString());
        settled.complete();
      } else {
        settled.fail(outcome.cause());
      }
    }));
    return settled.future();
  }

  private void settle(RequestContext context, Usage usage) {
    context.put(USAGE, usage);
    for (int q = 0; q < usage.used.size(); q++) {
      Quota quota = config.quotas().get(q);
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < quota.limits().size(); i++) {
        least = Math.min(least, left(quota.limits(), i, usage.used.get(q)));
      }
      if (config.blockOnFirstViolation() && least <= 0) {
        context.answer(Answer.error(429, "API rate limit exceeded for '" + quota.name() + "'"));
        return;
      }
      context.response().headers().set("X-RateLimit-Remaining-" + quota.name(), Limits.text(Math.max(0, least)));
    }
  }

  private static double left(Limits limits, int index, long[] used) {
    return limits.value(index) - used[index];
  }

  private String who(RequestContext context) {
    Optional<String> known = switch (config.limitBy()) {
      case "consumer" -> context.consumer().map(Consumer::id).or(() -> context.credential().map(Credential::id));
      case "credential" -> context.credential().map(Credential::id);
      default -> Optional.empty();
    };
    return known.orElseGet(context.request()::clientAddress);
  }

  @Override
  public void headerFilter(RequestContext context) {
    MutableHeaders headers = context.response().headers();
    List<String> lines = headers.getAll(config.headerName());
    Map<String, Long> costs = lines.isEmpty() ? Map.of() : Costs.read(lines);
    headers.remove(config.headerName());
    Usage usage = context.get(USAGE).orElse(null);
    if (usage == null) {
      return;
    }
    usage.costs = costs;
    for (int q = 0; q < usage.used.size(); q++) {
      show(config.quotas().get(q), usage, usage.used.get(q), headers);
    }
    if (usage.refused) {
      context.response().status(429);
      headers.remove("Content-Length");
      headers.remove("Content-Type");
    }
  }

  private void show(Quota quota, Usage usage, long[] used, MutableHeaders headers) {
    long cost = usage.costs.getOrDefault(quota.name(), 0L);
    for (int i = 0; i < quota.limits().size(); i++) {
      double left = left(quota.limits(), i, used);
      usage.refused |= cost > 0 && left <= 0;
      if (!config.hideClientHeaders()) {
        String suffix = quota.name() + "-" + quota.limits().period(i).field();
        headers.set("X-RateLimit-Limit-" + suffix, quota.limits().shown(i));
        headers.set("X-RateLimit-Remaining-" + suffix, Limits.text(Math.max(0, left - cost)));
      }
    }
  }

  /** What has been paid for no longer is not shown. */
  @Override
  public Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
    return context.get(USAGE).filter(usage -> usage.refused).isPresent() ? Buffer.buffer() : chunk;
  }

  @Override
  public void log(RequestContext context) {
    Usage usage = context.get(USAGE).orElse(null);
    if (usage == null || usage.refused || usage.costs.isEmpty()) {
      return;
    }
    for (Quota quota : config.quotas()) {
      long cost = usage.costs.getOrDefault(quota.name(), 0L);
      if (cost > 0) {
        policy.add(key(quota, usage.who), quota.limits(), usage.windows, cost)
            .onFailure(cause -> log.warn("what an answer costs was not counted: {}", cause.toString()));
      }
    }
  }
}
