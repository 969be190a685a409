package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.kernel.trust.UpstreamTls;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Optional;

/** What is to be done with a request of one route; compiled ahead. */
public final class RoutePlan {

  private final long since;
  private final String workspace;
  private final PlannedRoute definition;
  private final Optional<Service> service;
  private final boolean preserveHost;
  private final Destination destination;
  private final ChainPlan chain;
  private final StrategyGroups[] groups;
  private final boolean httpsOnly;
  private final boolean grpc;
  private final boolean grpcsOnly;

  /**
   * Makes one.
   *
   * @param since the version that it is new in
   */
  RoutePlan(
      long since,
      String workspace,
      PlannedRoute definition,
      Destination destination,
      ChainPlan chain,
      StrategyGroups[] groups) {
    Route route = definition.route();
    this.since = since;
    this.workspace = workspace;
    this.definition = definition;
    this.service = definition.service();
    this.preserveHost = route.preserveHost();
    this.destination = destination;
    this.chain = chain;
    this.groups = groups;
    this.httpsOnly = route.protocols().contains("https") && !route.protocols().contains("http");
    this.grpc = route.protocols().contains("grpc") || route.protocols().contains("grpcs");
    this.grpcsOnly = route.protocols().contains("grpcs") && !route.protocols().contains("grpc");
  }

  private RoutePlan(long since, RoutePlan before, Destination destination) {
    this.since = since;
    this.workspace = before.workspace;
    this.definition = before.definition;
    this.service = before.service;
    this.preserveHost = before.preserveHost;
    this.destination = destination;
    this.chain = before.chain;
    this.groups = before.groups;
    this.httpsOnly = before.httpsOnly;
    this.grpc = before.grpc;
    this.grpcsOnly = before.grpcsOnly;
  }

  /** The same plan, of a route without groups, with another destination. */
  RoutePlan leadingTo(long from, Destination other) {
    return new RoutePlan(from, this, other);
  }

  /** The version that it is new in. */
  long since() {
    return since;
  }

  /** The id of the route's workspace. */
  public String workspace() {
    return workspace;
  }

  /** The route with its service, as the router knows it. */
  PlannedRoute definition() {
    return definition;
  }

  /** The route. */
  public Route route() {
    return definition.route();
  }

  /** Its service. */
  public Optional<Service> service() {
    return service;
  }

  /** Whether the client's Host goes upstream. */
  public boolean preserveHost() {
    return preserveHost;
  }

  /** The balancer that its service's host stands for, for those who serve by a snapshot. */
  public Optional<UpstreamRuntime> upstream(GatewaySnapshot snapshot) {
    return destination.upstream(snapshot);
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
