package dev.sluice.api.explain;

import dev.sluice.api.deployment.RolloutStatus;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.Answer;
import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.upstream.TargetState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Where a request would go.
 *
 * @param version of the configuration, counted on this node
 * @param port of the listener as clients see it
 * @param match the route that wins
 * @param candidates what the router says of it and of others, the best first
 * @param consumer who the client is taken for
 * @param filters what would run, in order
 * @param choices what the strategies that were asked have said, in order
 * @param ending how the gateway answers by itself, were it not for filters; empty when the request would be sent
 * @param outgoing what would be sent
 */
public record Explanation(
    long version,
    int port,
    Optional<RouteMatch> match,
    List<RouteCandidate> candidates,
    Optional<Consumer> consumer,
    List<PlannedFilter> filters,
    List<Choice> choices,
    Optional<Ending> ending,
    Optional<Outgoing> outgoing) {

  /**
   * An answer of the gateway's own.
   *
   * @param by what decides: {@code parser}, {@code request}, {@code router}, {@code protocols}, {@code plugin}, {@code
   *     service}, {@code strategy}, {@code balancer}
   * @param answer what is answered
   */
  public record Ending(String by, Answer answer) {}

  /**
   * A filter that would run.
   *
   * @param plugin the entity whose configuration counts
   * @param phases in which it works
   * @param authenticates whether it says who the client is
   * @param strategy whether it is a strategy of deployment
   */
  public record PlannedFilter(PluginConfig plugin, List<Phase> phases, boolean authenticates, boolean strategy) {}

  /**
   * What a strategy has said.
   *
   * @param plugin the entity that configures it
   * @param selection its choice
   * @param status what it does now
   * @param by what it tells clients apart by, when it does
   * @param key of this client
   * @param bucket into which the key falls
   * @param byChance whether another request that is the same might go another way
   */
  public record Choice(
      PluginConfig plugin,
      Selection selection,
      RolloutStatus status,
      Optional<String> by,
      Optional<String> key,
      OptionalLong bucket,
      boolean byChance) {}

  /**
   * What would be sent.
   *
   * @param upstream the name of the upstream, or the host
   * @param upstreamId the id of the upstream; empty for a host that is none
   * @param algorithm of the balancer
   * @param tlsName the name that is asked for over TLS; empty without TLS
   * @param ways the addresses that the balancer knows
   */
  public record Outgoing(
      String upstream, Optional<String> upstreamId, String algorithm, Optional<String> tlsName, List<Way> ways) {}

  /**
   * An address that may be asked.
   *
   * @param target its state
   * @param chance that it is the first to be asked, at this moment; empty when the balancer does not tell
   * @param head what it would be sent, before filters change it
   */
  public record Way(TargetState target, OptionalDouble chance, Head head) {}

  /**
   * The head of a request.
   *
   * @param line the request line
   * @param headers the lines, in order
   */
  public record Head(String line, List<Map.Entry<String, String>> headers) {}
}
