package dev.sluice.api.entity;

import dev.sluice.api.schema.PcreSyntax;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Whether the headers of a route can be turned into a condition. */
final class RouteHeaders {

  private static final String FAILED = "Router Expression failed validation: ";
  private static final String EMPTY_TERM = FAILED + " --> 1:2\n  |\n1 | ()\n  |  ^---\n  |\n  = expected term";
  private static final String REGEX = "~*";

  private RouteHeaders() {}

  static Optional<String> violation(JsonObject route) {
    if (!(route.getValue("headers") instanceof JsonObject headers) || headers.isEmpty()) {
      return Optional.empty();
    }
    boolean alone = RouteSchema.MATCHED.stream()
        .filter(name -> !name.equals("headers"))
        .noneMatch(name -> route.getValue(name) instanceof JsonArray values && !values.isEmpty());
    if (alone && headers.fieldNames().stream().allMatch(name -> headers.getJsonArray(name).isEmpty())) {
      return Optional.of(EMPTY_TERM);
    }
    return headers.fieldNames().stream()
        .map(headers::getJsonArray)
        .filter(values -> values.size() == 1)
        .map(values -> values.getString(0))
        .filter(value -> value.startsWith(REGEX))
        .map(value -> value.substring(REGEX.length()))
        .flatMap(regex -> PcreSyntax.problem(regex)
            .map(problem -> FAILED + "invalid regex: '" + regex + "' (" + problem + ")").stream())
        .findFirst();
  }
}
