package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A route to be, for tests. Its service has no path unless one is given. */
final class RouteFixture {

  private final JsonObject route = new JsonObject();
  private final JsonObject service =
      new JsonObject().put("id", "service").put("protocol", "http").put("host", "127.0.0.1").put("port", 80);

  private RouteFixture(String id) {
    route.put("id", id).put("protocols", new JsonArray().add("http").add("https"));
    service.put("enabled", true);
  }

  static RouteFixture route(String id) {
    return new RouteFixture(id);
  }

  static RouteFixture expression(String id, String expression) {
    return route(id).with("expression", expression);
  }

  static Router compile(RouteFixture... routes) {
    return new ExpressionsRouterFactory().compile(Stream.of(routes).map(RouteFixture::definition).toList());
  }

  static List<String> check(RouteFixture route) {
    return new ExpressionsRouterFactory().check(route.decode());
  }

  /** The id of the route that a request gets; a dash when there is none. */
  static String winner(Router router, RouteQuery query) {
    return router.select(query).map(RouteMatch::definition).map(found -> found.route().id()).orElse("-");
  }

  RouteFixture with(String field, Object value) {
    route.put(field, value);
    return this;
  }

  RouteFixture list(String field, Object... values) {
    return with(field, new JsonArray(List.of(values)));
  }

  RouteFixture protocols(String... protocols) {
    return with("protocols", new JsonArray(List.of(protocols)));
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
    return route.encode();
  }
}
