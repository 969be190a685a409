package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.request.RequestContext;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What of a request is hashed, by the settings of its upstream. Immutable. */
final class HashInput {

  private static final byte[] NOTHING = {};

  private final HashSource first;
  private final HashSource second;

  private HashInput(HashSource first, HashSource second) {
    this.first = first;
    this.second = second;
  }

  static HashInput of(JsonObject settings) {
    return new HashInput(source(settings, "hash_on"), source(settings, "hash_fallback"));
  }

  /** The bytes to hash; the same ones for every request that has none of what is asked for. */
  byte[] of(RequestContext request) {
    return first.read(request).or(() -> second.read(request)).orElse(NOTHING);
  }

  /** Whether the request is about to be given something to hash, since it has nothing. Changes nothing. */
  boolean deals(RequestContext request) {
    return first.deals(request) || second.deals(request) && first.read(request).isEmpty();
  }

  private static HashSource source(JsonObject settings, String field) {
    return switch (settings.getString(field, "none")) {
      case "consumer" -> text(HashSources::consumer);
      case "ip" -> text(request -> Optional.of(request.request().clientAddress()));
      case "path" -> text(request -> Optional.of(request.request().path()));
      case "header" -> HashSources.header(settings.getString(field + "_header", ""));
      case "cookie" -> new HashCookie(
          settings.getString("hash_on_cookie", ""), settings.getString("hash_on_cookie_path", "/"));
      case "query_arg" -> text(HashSources.queryArgument(settings.getString(field + "_query_arg", "")));
      case "uri_capture" -> text(HashSources.uriCapture(settings.getString(field + "_uri_capture", "")));
      default -> request -> Optional.empty();
    };
  }

  private static HashSource text(HashSources.Text source) {
    return request -> source.read(request).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
