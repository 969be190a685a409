package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.kernel.trust.UpstreamTls;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Optional;

/** What is to be done with a request of one route; compiled ahead. */
public final class RoutePlan {

  private final String workspace;
  private final RouteDefinition definition;
  private final Destination destination;
  private final ChainPlan chain;
  private final StrategyGroups[] groups;
  private final boolean httpsOnly;
  private final boolean grpc;
  private final boolean grpcsOnly;

  RoutePlan(
      String workspace,
      RouteDefinition definition,
      Destination destination,
      ChainPlan chain,
      StrategyGroups[] groups) {
    Route route = definition.route();
    this.workspace = workspace;
    this.definition = definition;
    this.destination = destination;
    this.chain = chain;
    this.groups = groups;
    this.httpsOnly = route.protocols().contains("https") && !route.protocols().contains("http");
    this.grpc = route.protocols().contains("grpc") || route.protocols().contains("grpcs");
    this.grpcsOnly = route.protocols().contains("grpcs") && !route.protocols().contains("grpc");
  }

  private RoutePlan(RoutePlan before, Destination destination) {
    this.workspace = before.workspace;
    this.definition = before.definition;
    this.destination = destination;
    this.chain = before.chain;
    this.groups = before.groups;
    this.httpsOnly = before.httpsOnly;
    this.grpc = before.grpc;
    this.grpcsOnly = before.grpcsOnly;
  }

  /** The same plan, of a route without groups, with another destination. */
  RoutePlan leadingTo(Destination other) {
    return new RoutePlan(this, other);
  }

  /** The id of the route's workspace. */
  public String workspace() {
    return workspace;
  }

  /** The route with its service, as the router knows it. */
  RouteDefinition definition() {
    return definition;
  }

  /** The route. */
  public Route route() {
    return definition.route();
  }

  /** Its service. */
  public Optional<Service> service() {
    return definition.service();
  }

  /** The balancer that its service's host stands for. */
  public Optional<UpstreamRuntime> upstream() {
    return destination.upstream();
  }

  /** How the service is met over TLS; empty when it is not. */
  public Optional<UpstreamTls> tls() {
    return destination.tls();
  }

  /** Where its requests go that no strategy sends elsewhere. */
  public Destination destination() {
    return destination;
  }

  /** The groups of a strategy that is among its filters. */
  @SuppressWarnings("ReferenceEquality")
  public StrategyGroups groups(FilterInstance strategy) {
    for (StrategyGroups each : groups) {
      if (each.instance() == strategy) {
        return each;
      }
    }
    throw new IllegalStateException("its groups were never compiled");
  }

  StrategyGroups[] groups() {
    return groups;
  }

  /** Its filters. */
  public ChainPlan chain() {
    return chain;
  }

  /** Whether plain HTTP is turned away. */
  public boolean httpsOnly() {
    return httpsOnly;
  }

  /** Whether only gRPC is let in. */
  public boolean grpc() {
    return grpc;
  }

  /** Whether only gRPC over TLS is let in. */
  public boolean grpcsOnly() {
    return grpcsOnly;
  }
}
