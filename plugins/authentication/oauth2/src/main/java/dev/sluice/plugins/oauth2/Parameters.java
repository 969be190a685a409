package dev.sluice.plugins.oauth2;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.plugins.authentication.BodyForm;
import dev.sluice.plugins.authentication.Found;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a client asks with, in the query or in the body. Shows in no text. */
final class Parameters {

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  /** A longer body holds nothing: it is not kept in memory for a client nobody knows yet. */
  private static final int MAX_BODY = 1024 * 1024;

  private final Map<String, List<String>> query;
  private final BodyForm body;

  private Parameters(Map<String, List<String>> query, BodyForm body) {
    this.query = query;
    this.body = body;
  }

  /** Those in the query alone. */
  static Parameters ofQuery(ClientRequest request) {
    return new Parameters(request.query(), BodyForm.NONE);
  }

  /** All of them; the body is read when it is a form. */
  static Future<Parameters> of(ClientRequest request) {
    String type = request.headers().get("Content-Type").orElse("");
    if (!request.hasBody() || !WITH_BODY.contains(request.method()) || !BodyForm.understands(type)) {
      return Future.succeededFuture(ofQuery(request));
    }
    return request
        .body(MAX_BODY)
        .map(bytes -> BodyForm.read(type, bytes))
        .otherwise(BodyForm.NONE)
        .map(form -> new Parameters(request.query(), form));
  }

  /** What stands under a name; the body comes first. */
  Found find(String name) {
    Found found = body.find(name);
    return found.isNone() ? Found.of(query.getOrDefault(name, List.of())) : found;
  }

  /** The one value of a name that is not empty. */
  Optional<String> text(String name) {
    return find(name).text();
  }

  BodyForm body() {
    return body;
  }
}
