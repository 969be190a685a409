package dev.sluice.plugins.session;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.plugins.authentication.BodyForm;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How a client ends its session.
 *
 * @param methods with which it can
 * @param queryArgument that says so
 * @param bodyArgument that says so; empty when bodies are not read
 */
record Logout(List<String> methods, String queryArgument, String bodyArgument) {

  private static final int MAX_BODY = 1024 * 1024;

  static Logout decode(JsonObject config) {
    boolean body = Documents.bool(config, "read_body_for_logout", false);
    return new Logout(
        Documents.strings(config, "logout_methods"),
        Documents.string(config, "logout_query_arg", ""),
        body ? Documents.string(config, "logout_post_arg", "") : "");
  }

  /** Whether a request may end its session at all: most do not, and nothing else of them is looked at. */
  boolean isPossible(ClientRequest request) {
    return methods.contains(request.method());
  }

  Future<Boolean> isAsked(ClientRequest request) {
    if (!queryArgument.isEmpty() && request.query().containsKey(queryArgument)) {
      return Future.succeededFuture(true);
    }
    String type = request.headers().get("Content-Type").orElse("");
    if (bodyArgument.isEmpty() || !request.hasBody() || !BodyForm.understands(type)) {
      return Future.succeededFuture(false);
    }
    return request
        .body(MAX_BODY)
        .map(bytes -> !BodyForm.read(type, bytes).find(bodyArgument).isNone())
        .otherwise(false);
  }
}
