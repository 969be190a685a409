package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A route to be, for tests. Its service has no path unless one is given. */
final class RouteFixture {

  private final JsonObject route = new JsonObject();
  private final JsonObject service =
      new JsonObject()
          .put("id", "service")
          .put("protocol", "http")
          .put("host", "127.0.0.1")
          .put("port", 80)
          .put("enabled", true);

  private RouteFixture(String id) {
    route.put("id", id).put("protocols", new JsonArray().add("http").add("https"));
  }

  static RouteFixture route(String id) {
    return new RouteFixture(id);
  }

  static Router compile(Flavor flavor, RouteFixture... routes) {
    return new TraditionalRouterFactory(flavor).compile(Stream.of(routes).map(RouteFixture::definition).toList());
  }

  /** The same with another id. */
  RouteFixture withId(String id) {
    RouteFixture copy = new RouteFixture(id);
    copy.route.mergeIn(route.copy()).put("id", id);
    copy.service.mergeIn(service.copy());
    return copy;
  }

  /** The id of the route that a request gets; a dash when there is none. */
  static String winner(Router router, RouteQuery query) {
    return router.select(query).map(RouteMatch::definition).map(found -> found.route().id()).orElse("-");
  }

  RouteFixture hosts(String... hosts) {
    return list("hosts", List.of(hosts));
  }

  RouteFixture paths(String... paths) {
    return list("paths", List.of(paths));
  }

  RouteFixture methods(String... methods) {
    return list("methods", List.of(methods));
  }

  RouteFixture snis(String... snis) {
    return list("snis", List.of(snis));
  }

  RouteFixture protocols(String... protocols) {
    return list("protocols", List.of(protocols));
  }

  RouteFixture header(String name, String... values) {
    JsonObject headers = route.getJsonObject("headers", new JsonObject());
    route.put("headers", headers.put(name, new JsonArray(List.of(values))));
    return this;
  }

  RouteFixture headers(Map<String, List<String>> headers) {
    headers.forEach((name, values) -> header(name, values.toArray(String[]::new)));
    return this;
  }

  RouteFixture regexPriority(int priority) {
    route.put("regex_priority", priority);
    return this;
  }

  RouteFixture createdAt(long seconds) {
    route.put("created_at", seconds);
    return this;
  }

  RouteFixture keepsPath() {
    route.put("strip_path", false);
    return this;
  }

  RouteFixture pathHandling(String version) {
    route.put("path_handling", version);
    return this;
  }

  RouteFixture servicePath(String path) {
    service.put("path", path);
    return this;
  }

  RouteFixture disabled() {
    service.put("enabled", false);
    return this;
  }

  Route decode() {
    return Route.decode(route);
  }

  RouteDefinition definition() {
    return RouteDefinition.of(decode(), Optional.of(Service.decode(service)));
  }

  @Override
  public String toString() {
    return route.encode() + " -> " + service.getString("path");
  }

  private RouteFixture list(String field, List<String> values) {
    route.put(field, new JsonArray(values));
    return this;
  }
}
