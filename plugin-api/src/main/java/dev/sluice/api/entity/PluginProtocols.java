package dev.sluice.api.entity;

import dev.sluice.api.schema.SchemaException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Whether a plugin can ever run where it is attached: when a client says for which protocols it runs, one of them must
 * be a protocol of the route, or of some route of the service. Defaults are not held against anyone.
 */
public final class PluginProtocols {

  private static final String PROTOCOLS = "protocols";
  private static final String OF_ROUTE = "must match the associated route's protocols";
  private static final String OF_SERVICE =
      "must match the protocols of at least one route pointing to this Plugin's service";

  private PluginProtocols() {}

  /**
   * Checks a plugin that is attached to a route.
   *
   * @param given the plugin as the client sent it
   * @param route the protocols of the route
   * @throws SchemaException when they have no protocol in common
   */
  public static void checkRoute(JsonObject given, List<String> route) {
    if (given.getValue(PROTOCOLS) instanceof JsonArray protocols && !meet(protocols, route)) {
      throw SchemaException.of(PROTOCOLS, OF_ROUTE);
    }
  }

  /**
   * Checks a plugin that is attached to a service and to no route.
   *
   * @param given the plugin as the client sent it
   * @param routes the protocols of each route of the service; nothing is checked when there is none
   * @throws SchemaException when it has no protocol in common with any of them
   */
  public static void checkService(JsonObject given, List<List<String>> routes) {
    if (given.getValue(PROTOCOLS) instanceof JsonArray protocols
        && !routes.isEmpty()
        && routes.stream().noneMatch(route -> meet(protocols, route))) {
      throw SchemaException.of(PROTOCOLS, OF_SERVICE);
    }
  }

  private static boolean meet(JsonArray protocols, List<String> route) {
    return route.stream().anyMatch(protocols::contains);
  }
}
