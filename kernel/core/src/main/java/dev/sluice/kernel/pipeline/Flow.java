package dev.sluice.kernel.pipeline;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.ClientVerification;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.kernel.snapshot.Chain;
import dev.sluice.kernel.snapshot.ChainPlan;
import dev.sluice.kernel.snapshot.FilterInstance;
import dev.sluice.kernel.snapshot.RoutePlan;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request through its phases. A plain loop: a filter that answers at once costs a call and nothing else;
 * one that does not is waited for, and the loop goes on where it was.
 */
public final class Flow {

  private static final Logger log = LoggerFactory.getLogger(Flow.class);

  private static final BiFunction<Filter, RequestContext, Future<Void>> REWRITE = Flow::callRewrite;
  private static final BiFunction<Filter, RequestContext, Future<Void>> ACCESS = Flow::callAccess;

  static final String NO_ROUTE = "no Route matched with those values";
  static final String NO_SERVICE = "no Service found with those values";

  private final Forwarder forwarder;

  /** Makes a flow that ends at a forwarder. */
  public Flow(Forwarder forwarder) {
    this.forwarder = forwarder;
  }

  private static Future<Void> callRewrite(Filter filter, RequestContext context) {
    return ((Filter.Rewrite) filter).rewrite(context);
  }

  private static Future<Void> callAccess(Filter filter, RequestContext context) {
    return ((Filter.Access) filter).access(context);
  }

  /** Begins with a request whose head has been read. */
  public void begin(Loop loop, ListenerInfo listener, HttpServerRequest request) {
    ClientConnection connection = loop.connection(request.connection());
    if (connection == null || connection.isClosing()) {
      return;
    }
    boolean tooMany = loop.counters().inFlight() >= loop.settings().maxInFlight();
    loop.requestBegan(connection);
    Exchange exchange = new Exchange(loop, listener, connection, request);
    if (tooMany) {
      loop.turnedAway();
      Responses.turnAway(exchange);
      return;
    }
    try {
      accept(exchange);
    } catch (RequestTarget.Refused refused) {
      Responses.refuse(exchange, refused.status());
      return;
    }
    if (loop.requestLog().wantsHead()) {
      exchange.measureHead();
    }
    if (exchange.snapshot().rewriteApart()) {
      rewriteApart(exchange);
      return;
    }
    if (exchange.snapshot().rewrite().rewrite().length == 0) {
      route(exchange);
    } else {
      rewrite(exchange, exchange.snapshot().rewrite(), () -> route(exchange));
    }
  }

  /**
   * Takes the request apart.
   *
   * @throws RequestTarget.Refused when it is ambiguous, malformed, or for another server than its connection
   */
  static void accept(Exchange exchange) {
    HttpServerRequest request = exchange.serverRequest();
    RequestTarget target = RequestTarget.of(request);
    if (exchange.listener().verifiesClients()) {
      target.checkServerName(request.connection().indicatedServerName());
      exchange.put(ClientVerification.KEY, ClientVerification.SUCCESS);
    }
    exchange.accept(target);
  }

  /** Filters that run before routing must be those of the route's workspace: look for the route first. */
  private void rewriteApart(Exchange exchange) {
    Optional<RouteMatch> match = select(exchange);
    if (match == null) {
      return;
    }
    RoutePlan plan = planOf(exchange, match);
    if (plan != null) {
      exchange.workspace(plan.workspace());
    }
    rewrite(exchange, exchange.snapshot().rewrite(exchange.workspace()), () -> routed(exchange, match));
  }

  private void rewrite(Exchange exchange, Chain chain, Runnable then) {
    if (chain.rewrite().length == 0) {
      then.run();
    } else if (chain.suspended()) {
      suspended(exchange);
    } else {
      run(exchange, chain.rewrite(), 0, REWRITE, then);
    }
  }

  /** A filter that must not be called closes the way as one that fails does. */
  private static void suspended(Exchange exchange) {
    Responses.proxyError(exchange, 503);
  }

  /** The plan of the route that matched; null when none did. */
  static RoutePlan planOf(Exchange exchange, Optional<RouteMatch> match) {
    return match.isEmpty() ? null : exchange.snapshot().plan(match.get().definition());
  }

  private void route(Exchange exchange) {
    routed(exchange, exchange.answered() ? Optional.empty() : select(exchange));
  }

  private void routed(Exchange exchange, Optional<RouteMatch> match) {
    if (exchange.answered()) {
      exchange.chain(globalChain(exchange));
      Responses.answer(exchange);
      return;
    }
    if (match == null) {
      return;
    }
    RoutePlan plan = planOf(exchange, match);
    if (plan == null) {
      exchange.chain(globalChain(exchange));
      Responses.unrouted(exchange);
      return;
    }
    exchange.routed(match.get(), plan);
    if (Gates.open(exchange, plan)) {
      access(exchange, plan.chain());
    }
  }

  /** The route; null when the router failed and the request has been answered. */
  private static Optional<RouteMatch> select(Exchange exchange) {
    try {
      return find(exchange);
    } catch (RuntimeException | LinkageError e) {
      log.error("request {}: the router failed", exchange.id(), e);
      exchange.chain(globalChain(exchange));
      Responses.gatewayError(exchange, 500, ErrorBodies.text(500));
      return null;
    }
  }

  /** Asks the router. */
  static Optional<RouteMatch> find(Exchange exchange) {
    return exchange.snapshot().router().isEmpty()
        ? Optional.empty()
        : exchange.snapshot().router().get().select(exchange.inbound());
  }

  static Chain globalChain(Exchange exchange) {
    ChainPlan plan = exchange.snapshot().global(exchange.workspace());
    if (plan.logs()) {
      exchange.measureHead();
    }
    Chain chain = plan.base();
    return chain.suspended() ? Chain.EMPTY : chain;
  }

  private void access(Exchange exchange, ChainPlan plan) {
    exchange.enter(Phase.ACCESS);
    if (plan.logs()) {
      exchange.measureHead();
    }
    if (plan.dependsOnConsumer()) {
      new ConsumerAccess(exchange, plan).from(0);
      return;
    }
    if (plan.base().suspended()) {
      suspended(exchange);
      return;
    }
    exchange.chain(plan.base());
    FilterInstance[] filters = plan.base().access();
    if (filters.length == 0) {
      forward(exchange);
    } else {
      run(exchange, filters, 0, ACCESS, () -> forward(exchange));
    }
  }

  private void forward(Exchange exchange) {
    if (exchange.answered()) {
      Responses.answer(exchange);
    } else if (exchange.plan().service().isEmpty()) {
      Responses.gatewayError(exchange, 503, NO_SERVICE);
    } else {
      exchange.enter(Phase.BALANCER);
      FilterInstance[] strategies = exchange.chain().strategies();
      if (strategies.length == 0 || exchange.outbound().origin() != null || place(exchange, strategies)) {
        forwarder.forward(exchange);
      }
    }
  }

  /** Asks the strategies where the request goes; when one fails, nobody knows, and the request ends with 500. */
  private static boolean place(Exchange exchange, FilterInstance[] strategies) {
    Placement placement = Placement.of(exchange, strategies);
    if (placement == null) {
      Responses.gatewayError(exchange, 500, ErrorBodies.text(500));
      return false;
    }
    exchange.place(placement);
    return true;
  }

  private void run(
      Exchange exchange,
      FilterInstance[] filters,
      int from,
      BiFunction<Filter, RequestContext, Future<Void>> phase,
      Runnable then) {
    for (int i = from; i < filters.length && !exchange.answered(); i++) {
      Future<Void> outcome = call(exchange, filters[i], phase);
      if (outcome == null) {
        return;
      }
      if (outcome != Filters.CONTINUE && !outcome.isComplete()) {
        int next = i + 1;
        resume(exchange, filters[i], outcome, () -> run(exchange, filters, next, phase, then));
        return;
      }
      if (outcome.failed()) {
        failed(exchange, filters[i], outcome.cause());
        return;
      }
    }
    then.run();
  }

  private static Future<Void> call(
      Exchange exchange, FilterInstance filter, BiFunction<Filter, RequestContext, Future<Void>> phase) {
    Future<Void> outcome;
    Occupation occupation = exchange.loop().occupation();
    FilterInstance before = occupation.begin(filter);
    try {
      outcome = phase.apply(filter.filter(), exchange);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      outcome = Future.failedFuture(e);
    } finally {
      occupation.end(before);
    }
    if (outcome == null) {
      failed(exchange, filter, new IllegalStateException("it returned no future"));
    }
    return outcome;
  }

  private static void resume(Exchange exchange, FilterInstance filter, Future<Void> outcome, Runnable next) {
    FilterDeadline deadline = FilterDeadline.watch(exchange, filter);
    outcome.onComplete(
        done ->
            exchange
                .loop()
                .run(
                    () -> {
                      exchange.loop().deadlines().forget(deadline);
                      if (Responses.ended(exchange)) {
                        return;
                      }
                      if (done.failed()) {
                        failed(exchange, filter, done.cause());
                      } else {
                        next.run();
                      }
                    }));
  }

  /** A filter that fails closes the way: the request ends with 500. */
  private static void failed(Exchange exchange, FilterInstance filter, Throwable cause) {
    if (cause instanceof RequestBody.SlowClientException) {
      Responses.requestTimeout(exchange);
      return;
    }
    log.error("request {}: plugin {} failed in phase {}", exchange.id(), filter, exchange.phase(), cause);
    if (exchange.chain() == Chain.EMPTY) {
      exchange.chain(
          exchange.plan() == null
              ? globalChain(exchange)
              : exchange.plan().chain().of(exchange.consumerId()));
    }
    Responses.gatewayError(exchange, 500, ErrorBodies.text(500));
  }

  /**
   * The phase ACCESS where the consumer, once known, decides which configuration of a filter runs. As a rule one consumer,
   * or none, decides all of them, and the chain is one that the plan knows; who comes to be another one on the way
   * has a chain made for the request.
   */
  private final class ConsumerAccess {
    private final Exchange exchange;
    private final ChainPlan plan;
    private final ChainPlan.Slot[] slots;
    private String decided;
    private boolean anyDecided;
    private List<FilterInstance> mixed;

    ConsumerAccess(Exchange exchange, ChainPlan plan) {
      this.exchange = exchange;
      this.plan = plan;
      this.slots = plan.slots();
    }

    void from(int first) {
      for (int i = first; i < slots.length; i++) {
        FilterInstance instance = choose(i);
        if (instance == null) {
          continue;
        }
        if (FilterInstance.anySuspended() && instance.suspended()) {
          suspended(exchange);
          return;
        }
        if (exchange.answered() || !(instance.filter() instanceof Filter.Access)) {
          continue;
        }
        Future<Void> outcome = call(exchange, instance, ACCESS);
        if (outcome == null) {
          return;
        }
        if (outcome != Filters.CONTINUE && !outcome.isComplete()) {
          int next = i + 1;
          resume(exchange, instance, outcome, () -> from(next));
          return;
        }
        if (outcome.failed()) {
          failed(exchange, instance, outcome.cause());
          return;
        }
      }
      exchange.chain(mixed == null ? plan.of(decided) : new Chain(mixed));
      forward(exchange);
    }

    private FilterInstance choose(int i) {
      String consumer = exchange.consumerId();
      if (!slots[i].byConsumer().isEmpty()) {
        if (anyDecided && mixed == null && !Objects.equals(decided, consumer)) {
          mixed = plan.chosen(decided, i);
        }
        decided = consumer;
        anyDecided = true;
      }
      FilterInstance instance = slots[i].of(consumer);
      if (mixed != null && instance != null) {
        mixed.add(instance);
      }
      return instance;
    }
  }
}
