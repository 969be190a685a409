package dev.sluice.plugins.traffic;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.request.EndedRequest;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.upstream.TargetState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/** A request that has ended, made up. */
record Given(Optional<RouteDefinition> route, String workspace, int status, long tookNanos, long upstreamNanos)
    implements EndedRequest {

  /** A route with a service, both new. */
  static RouteDefinition definition() {
    return definition(UUID.randomUUID().toString(), UUID.randomUUID().toString());
  }

  /** A route with a service. */
  static RouteDefinition definition(String route, String service) {
    JsonObject definition = new JsonObject()
        .put("id", route)
        .put("protocols", new JsonArray().add("http"))
        .put("paths", new JsonArray().add("/x"));
    JsonObject its = new JsonObject()
        .put("id", service).put("protocol", "http").put("host", "h").put("port", 80).put("enabled", true);
    return RouteDefinition.of(Route.decode(definition), Optional.of(Service.decode(its)));
  }

  /** A request to a route. */
  static Given to(RouteDefinition definition) {
    return new Given(Optional.of(definition), StoredEntity.DEFAULT_WORKSPACE, 200, 2_000_000, 1_500_000);
  }

  /** A request of a workspace that came to no route. */
  static Given in(String workspace) {
    return new Given(Optional.empty(), workspace, 404, 2_000_000, -1);
  }

  /** The same with another answer. */
  Given answered(int itsStatus, long took) {
    return new Given(route, workspace, itsStatus, took, upstreamNanos);
  }

  @Override
  public String id() {
    return "0";
  }

  @Override
  public long startedAtMillis() {
    return 0;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String path() {
    return "/x";
  }

  @Override
  public String host() {
    return "h";
  }

  @Override
  public String clientAddress() {
    return "127.0.0.1";
  }

  @Override
  public Optional<Upstream> upstream() {
    return Optional.empty();
  }

  @Override
  public Optional<TargetState> target() {
    return Optional.empty();
  }

  @Override
  public Optional<Consumer> consumer() {
    return Optional.empty();
  }

  @Override
  public boolean fromUpstream() {
    return true;
  }

  @Override
  public long received() {
    return 1;
  }

  @Override
  public long sent() {
    return 10;
  }
}
