package dev.sluice.kernel.pipeline;

import dev.sluice.api.deployment.Cohorts;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.explain.Explanation.Choice;
import dev.sluice.api.explain.Explanation.Ending;
import dev.sluice.api.explain.Explanation.PlannedFilter;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.Answer;
import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.kernel.snapshot.Chain;
import dev.sluice.kernel.snapshot.ChainPlan;
import dev.sluice.kernel.snapshot.FilterInstance;
import dev.sluice.kernel.snapshot.RoutePlan;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that goes the way of all others as far as nothing has an effect: by the methods of {@link Flow}, but no filter
 * runs, nobody is told, and it ends before it is sent. On an event loop; must be closed there.
 */
public final class Rehearsal implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

  private final Exchange exchange;
  private final List<PlannedFilter> filters = new ArrayList<>();
  private final List<Choice> choices = new ArrayList<>();
  private Optional<RouteMatch> match = Optional.empty();
  private Optional<Ending> ending = Optional.empty();

  private Rehearsal(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Follows a request to its route.
   *
   * @param request of which only the head is asked
   */
  public static Rehearsal of(Loop loop, ListenerInfo listener, HttpServerRequest request) {
    ClientConnection connection = new ClientConnection(request.connection(), null, 0);
    Rehearsal rehearsal = new Rehearsal(new Exchange(loop, listener, connection, request));
    try {
      rehearsal.begin();
    } catch (RuntimeException | LinkageError e) {
      rehearsal.close();
      throw e;
    }
    return rehearsal;
  }

  private void begin() {
    try {
      Flow.accept(exchange);
    } catch (RequestTarget.Refused refused) {
      ends("request", Answer.error(refused.status(), ErrorBodies.text(refused.status())));
      return;
    }
    try {
      match = Flow.find(exchange);
    } catch (RuntimeException | LinkageError e) {
      log.error("explaining: the router failed", e);
      ends("router", Answer.error(500, ErrorBodies.text(500)));
    }
  }

  /**
   * Goes on from the route.
   *
   * @param consumer the id or username of who the client is taken for
   * @throws IllegalArgumentException when there is no such consumer
   */
  public void proceed(Optional<String> consumer) {
    if (ending.isPresent()) {
      return;
    }
    RoutePlan plan = Flow.planOf(exchange, match);
    if (plan == null) {
      plan(exchange.snapshot().global(exchange.workspace()), Optional.empty());
      ends("router", Answer.error(404, Flow.NO_ROUTE));
      return;
    }
    exchange.routed(match.get(), plan);
    Optional<Consumer> who = consumer.map(this::consumer);
    Answer refusal = Gates.refusal(exchange, plan);
    if (refusal != null) {
      plan(plan.chain(), Optional.empty());
      ends("protocols", refusal);
      return;
    }
    exchange.enter(Phase.ACCESS);
    who.ifPresent(known -> exchange.authenticate(Optional.of(known), Optional.empty()));
    plan(plan.chain(), who);
    place(plan);
  }

  private Consumer consumer(String name) {
    return exchange
        .entities()
        .byId(CoreEntities.CONSUMERS, name)
        .or(() -> exchange.entities().byUnique(CoreEntities.CONSUMERS, "username", name))
        .orElseThrow(() -> new IllegalArgumentException("there is no consumer '" + name + "' in the route's workspace"));
  }

  /** The filters that would run. Who the client is, is known behind the first one that may say so. */
  private void plan(ChainPlan plan, Optional<Consumer> who) {
    boolean told = Arrays.stream(plan.slots()).noneMatch(slot -> slot.base() != null && slot.base().authenticates());
    List<FilterInstance> chosen = new ArrayList<>();
    for (ChainPlan.Slot slot : plan.slots()) {
      FilterInstance instance = slot.of(told ? who.map(Consumer::id).orElse(null) : null);
      if (instance != null) {
        chosen.add(instance);
        told |= instance.authenticates();
      }
    }
    Chain chain = new Chain(chosen);
    exchange.chain(chain);
    List<FilterInstance> rewriting = List.of(exchange.snapshot().rewrite(exchange.workspace()).rewrite());
    rewriting.stream().filter(each -> !chosen.contains(each)).forEach(each -> planned(each, List.of(Phase.REWRITE)));
    chosen.forEach(each -> planned(each, phases(each, rewriting.contains(each))));
    if (chain.suspended()) {
      ends("plugin", Answer.error(503, ErrorBodies.text(503)));
    }
  }

  private void planned(FilterInstance instance, List<Phase> phases) {
    filters.add(new PlannedFilter(instance.config(), phases, instance.authenticates(), instance.places()));
  }

  private static List<Phase> phases(FilterInstance instance, boolean rewrites) {
    Filter filter = instance.filter();
    List<Phase> phases = new ArrayList<>();
    add(phases, Phase.REWRITE, rewrites);
    add(phases, Phase.ACCESS, filter instanceof Filter.Access);
    add(phases, Phase.RESPONSE, filter instanceof Filter.Response);
    add(phases, Phase.HEADER_FILTER, filter instanceof Filter.Header);
    add(phases, Phase.BODY_FILTER, filter instanceof Filter.Body);
    add(phases, Phase.LOG, filter instanceof Filter.Log);
    return phases;
  }

  private static void add(List<Phase> phases, Phase phase, boolean works) {
    if (works) {
      phases.add(phase);
    }
  }

  private void place(RoutePlan plan) {
    if (ending.isPresent()) {
      return;
    }
    if (plan.service().isEmpty()) {
      ends("service", Answer.error(503, Flow.NO_SERVICE));
      return;
    }
    exchange.enter(Phase.BALANCER);
    FilterInstance[] strategies = exchange.chain().strategies();
    if (strategies.length == 0) {
      return;
    }
    Placement placement = Placement.of(exchange, strategies);
    if (placement == null) {
      ends("strategy", Answer.error(500, ErrorBodies.text(500)));
      return;
    }
    placement.each(this::said);
    exchange.direct(placement);
  }

  private void said(FilterInstance instance, Selection selection) {
    DeploymentStrategy strategy = instance.strategy();
    Optional<Cohorts> cohorts = strategy.cohorts();
    Optional<String> key = cohorts.flatMap(each -> each.keyOf(exchange));
    choices.add(
        new Choice(
            instance.config(),
            selection,
            strategy.status(),
            cohorts.map(Cohorts::by),
            key,
            key.isEmpty() ? OptionalLong.empty() : OptionalLong.of(cohorts.get().bucketOf(key.get())),
            cohorts.map(each -> each.byChance(exchange)).orElse(false)));
  }

  private void ends(String by, Answer answer) {
    ending = ending.isPresent() ? ending : Optional.of(new Ending(by, answer));
  }

  /** The request. */
  public Exchange exchange() {
    return exchange;
  }

  /** What would run, in order. */
  public List<PlannedFilter> filters() {
    return filters;
  }

  /** What strategies have said, in order. */
  public List<Choice> choices() {
    return choices;
  }

  /** How the gateway answers by itself; empty when the request would be sent. */
  public Optional<Ending> ending() {
    return ending;
  }

  /** What the router says of routes beside the request. On a worker thread, before the request goes on and may change. */
  public List<RouteCandidate> candidates(int most) {
    return exchange.inbound() == null
        ? List.of()
        : exchange.snapshot().router().map(router -> router.candidates(exchange.inbound(), most)).orElse(List.of());
  }

  /** Lets go of the configuration. */
  @Override
  public void close() {
    exchange.loop().pins().unpin(exchange.pin());
  }
}
