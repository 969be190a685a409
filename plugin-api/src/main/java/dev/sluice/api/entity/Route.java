package dev.sluice.api.entity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route, as the request path needs it. An empty list means that the attribute plays no part.
 *
 * @param id UUID
 * @param name unique
 * @param protocols at least one
 * @param methods upper case
 * @param hosts perhaps with a wildcard at either end and a port
 * @param paths a prefix, or a regular expression after {@code ~}
 * @param headers name → values; a value after {@code ~*} is a regular expression
 * @param snis server names
 * @param sources clients
 * @param destinations where clients have connected to
 * @param httpsRedirectStatus status of the answer to plain HTTP on a route for HTTPS alone
 * @param regexPriority orders regular expressions
 * @param stripPath whether the matched prefix is taken off
 * @param preserveHost whether the client's Host goes upstream
 * @param pathHandling {@code v0} or {@code v1}
 * @param requestBuffering whether a request body is collected before it goes on
 * @param responseBuffering whether an answer may be collected
 * @param serviceId the service
 * @param createdAt seconds since the epoch
 * @param updatedAt seconds since the epoch
 * @param tags labels
 * @param expression in place of all that is matched, where the router flavor knows expressions
 * @param priority orders expressions
 */
public record Route(
    String id,
    Optional<String> name,
    List<String> protocols,
    List<String> methods,
    List<String> hosts,
    List<String> paths,
    Map<String, List<String>> headers,
    List<String> snis,
    List<Endpoint> sources,
    List<Endpoint> destinations,
    int httpsRedirectStatus,
    int regexPriority,
    boolean stripPath,
    boolean preserveHost,
    String pathHandling,
    boolean requestBuffering,
    boolean responseBuffering,
    Optional<String> serviceId,
    long createdAt,
    long updatedAt,
    List<String> tags,
    Optional<String> expression,
    long priority) {

  /** Decodes a valid document. */
  public static Route decode(JsonObject document) {
    return new Route(
        document.getString("id"),
        Optional.ofNullable(document.getString("name")),
        Documents.strings(document, "protocols"),
        Documents.strings(document, "methods"),
        Documents.strings(document, "hosts"),
        Documents.strings(document, "paths"),
        headers(document),
        Documents.strings(document, "snis"),
        Endpoint.all(document, "sources"),
        Endpoint.all(document, "destinations"),
        Documents.integer(document, "https_redirect_status_code", 426),
        Documents.integer(document, "regex_priority", 0),
        Documents.bool(document, "strip_path", true),
        Documents.bool(document, "preserve_host", false),
        Documents.string(document, "path_handling", "v0"),
        Documents.bool(document, "request_buffering", true),
        Documents.bool(document, "response_buffering", true),
        Documents.reference(document, "service"),
        document.getLong("created_at", 0L),
        document.getLong("updated_at", 0L),
        Documents.strings(document, "tags"),
        Optional.ofNullable(document.getString("expression")),
        document.getLong("priority", 0L));
  }

  private static Map<String, List<String>> headers(JsonObject document) {
    JsonObject headers = document.getJsonObject("headers");
    if (headers == null) {
      return Map.of();
    }
    Map<String, List<String>> decoded = new LinkedHashMap<>();
    for (String name : headers.fieldNames()) {
      JsonArray values = headers.getJsonArray(name);
      decoded.put(name, values == null ? List.of() : Documents.strings(headers, name));
    }
    return Map.copyOf(decoded);
  }
}
