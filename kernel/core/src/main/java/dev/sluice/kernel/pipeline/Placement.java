package dev.sluice.kernel.pipeline;

import dev.sluice.api.deployment.Decision;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RequestOutcome.End;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.ShadowStrategy;
import dev.sluice.kernel.snapshot.Destination;
import dev.sluice.kernel.snapshot.FilterInstance;
import dev.sluice.kernel.snapshot.StrategyGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the strategies of a request have said, in the order in which they were asked, and what they are told of it. */
public final class Placement {

  private static final Logger log = LoggerFactory.getLogger(Placement.class);

  private final FilterInstance[] asked;
  private final Selection[] said;
  private final Destination destination;
  private final Optional<String> uri;
  private final long fromNanos = System.nanoTime();
  private int told;
  private int failedAttempts;
  private End end;
  private Observed observed;

  private Placement(FilterInstance[] asked, Selection[] said, Destination destination, Optional<String> uri) {
    this.asked = asked;
    this.said = said;
    this.destination = destination;
    this.uri = uri;
  }

  /**
   * Asks the strategies until one names a group. Changes nothing.
   *
   * @return null when one fails
   */
  static Placement of(Exchange exchange, FilterInstance[] strategies) {
    Selection[] said = new Selection[strategies.length];
    StrategyGroups.Group group = null;
    Occupation occupation = exchange.loop().occupation();
    for (int i = 0; i < strategies.length && group == null; i++) {
      FilterInstance before = occupation.begin(strategies[i]);
      try {
        StrategyGroups groups = exchange.plan().groups(strategies[i]);
        said[i] = strategies[i].strategy().select(exchange, groups);
        group = said[i].rest() ? null : groups.group(said[i].group());
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        log.error("request {}: strategy {} failed", exchange.id(), strategies[i], e);
        return null;
      } finally {
        occupation.end(before);
      }
    }
    return group == null
        ? new Placement(strategies, said, exchange.plan().destination(), Optional.empty())
        : new Placement(strategies, said, group.destination(), group.definition().uri());
  }

  /** Where the request goes. */
  Destination destination() {
    return destination;
  }

  /** Tells which strategies were asked and what each of them has said, in order. */
  void each(BiConsumer<FilterInstance, Selection> listener) {
    for (int i = 0; i < said.length && said[i] != null; i++) {
      listener.accept(asked[i], said[i]);
    }
  }

  /** The same for whoever logs. */
  List<Decision> decisions() {
    List<Decision> decisions = new ArrayList<>(said.length);
    each((instance, selection) -> decisions.add(new Decision(instance.config().name(), selection)));
    return decisions;
  }

  /** Changes the request as it must be to go there. */
  void apply(Exchange exchange) {
    uri.ifPresent(path -> exchange.outbound().reroute(path));
    for (int i = 0; i < said.length && said[i] != null; i++) {
      for (String name : exchange.plan().groups(asked[i]).hidden()) {
        exchange.outbound().map().remove(name);
      }
    }
  }

  /** From now on strategies count the request. */
  void begin(Exchange exchange) {
    for (; told < said.length && said[told] != null; told++) {
      try {
        asked[told].strategy().began(said[told]);
      } catch (RuntimeException | LinkageError e) {
        failed(exchange, told, e);
      }
      if (observed == null && asked[told].strategy() instanceof ShadowStrategy shadow) {
        observe(exchange, asked[told], shadow);
      }
    }
  }

  private void observe(Exchange exchange, FilterInstance instance, ShadowStrategy strategy) {
    Occupation occupation = exchange.loop().occupation();
    FilterInstance before = occupation.begin(instance);
    try {
      strategy
          .onlooker(exchange)
          .ifPresent(
              onlooker -> observed = new Observed(exchange, instance, exchange.plan().groups(instance), onlooker));
    } catch (RuntimeException | LinkageError e) {
      log.error("request {}: strategy {} cannot look on", exchange.id(), instance, e);
    } finally {
      occupation.end(before);
    }
  }

  /** What somebody who looks on is shown; null when nobody does. */
  Observed observed() {
    return observed;
  }

  /** Counts a target that has failed the request. */
  void attemptFailed() {
    failedAttempts++;
  }

  /** Says how the request ends, where its status does not; the first word counts. */
  void ends(End how) {
    end = end == null ? how : end;
  }

  /** Tells the strategies what became of the request. */
  void ended(Exchange exchange) {
    if (observed != null) {
      observed.ended();
    }
    RequestOutcome outcome = outcome(exchange.answerState());
    for (int i = 0; i < told; i++) {
      DeploymentStrategy strategy = asked[i].strategy();
      try {
        strategy.ended(said[i], outcome);
      } catch (RuntimeException | LinkageError e) {
        failed(exchange, i, e);
      }
    }
  }

  private RequestOutcome outcome(AnswerState state) {
    boolean answered = state.upstreamStatus() != 0;
    End how = end != null ? end : answered ? End.ANSWERED : End.FAILED;
    long until = state.answeredNanos() == 0 ? System.nanoTime() : state.answeredNanos();
    return new RequestOutcome(
        how, answered ? state.upstreamStatus() : state.status(), failedAttempts, until - fromNanos);
  }

  private void failed(Exchange exchange, int which, Throwable cause) {
    log.error("request {}: strategy {} cannot count it", exchange.id(), asked[which], cause);
  }
}
