package dev.sluice.api.entity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Which fields of a route go together when expressions are allowed. What they say is left to the router. */
final class RouteExpressions {

  private static final String FAILED = "Router Expression failed validation: ";
  private static final String CLASSIC =
      "'methods', 'hosts', 'paths', 'headers', 'snis', 'sources' or 'destinations' simultaneously";

  private RouteExpressions() {}

  static Optional<String> violation(JsonObject route) {
    boolean expression = route.getValue("expression") != null;
    boolean classic = RouteSchema.MATCHED.stream().anyMatch(name -> isSet(route.getValue(name)));
    if (expression && classic) {
      return Optional.of(FAILED + "cannot set 'expression' with " + CLASSIC);
    }
    if (expression && isPositive(route, "regex_priority")) {
      return Optional.of(FAILED + "cannot set 'regex_priority' with 'expression' simultaneously");
    }
    if (classic && isPositive(route, "priority")) {
      return Optional.of(FAILED + "cannot set 'priority' with " + CLASSIC);
    }
    return Optional.empty();
  }

  private static boolean isSet(Object value) {
    return (value instanceof JsonArray values && !values.isEmpty())
        || (value instanceof JsonObject object && !object.isEmpty());
  }

  private static boolean isPositive(JsonObject route, String field) {
    return route.getValue(field) instanceof Number number && number.longValue() != 0;
  }
}
