package dev.sluice.api.deployment;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.RequestContext;
import java.util.List;
import java.util.Optional;

/**
 * One configured strategy: it says which group of targets a request goes to; the balancer of that group says to which
 * target. An instance serves all requests of its scope at once, from every event loop: what it changes must be safe for
 * that. Nothing here may block.
 *
 * <p>A strategy may also implement the phases of a {@link Filter}, for instance to give clients a cookie.
 */
public interface DeploymentStrategy extends Filter {

  /** The groups that it chooses among, beside {@link Selection#REST}. Asked once, when it is compiled. */
  List<GroupDefinition> groups();

  /**
   * Chooses. It must change nothing, neither the request nor the strategy: it is also asked for requests that are never
   * sent, to say where they would go. Equal requests go the same way as long as the strategy is the same, unless a
   * strategy says that chance plays a part.
   *
   * @param context a request whose filters have run
   * @param groups what is known of the groups now
   * @return a throw, and a group that is none of {@link #groups()}, ends the request with 500
   */
  Selection select(RequestContext context, TargetGroups groups);

  /** Headers that are addressed to the strategy: the upstream does not get them. Asked once, when it is compiled. */
  default List<String> hiddenHeaders() {
    return List.of();
  }

  /** Told that a request goes where it said, on the event loop of the request; {@link #ended} follows. */
  default void began(Selection selection) {}

  /** Told what became of a request, exactly once after {@link #began}, on the same event loop. */
  default void ended(Selection selection, RequestOutcome outcome) {}

  /** How it deals clients to groups; empty when it does so by no key. */
  default Optional<Cohorts> cohorts() {
    return Optional.empty();
  }

  /** What it does now. Any thread. */
  RolloutStatus status();
}
