package dev.sluice.plugins.requesttermination;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UrlEncoded;
import dev.sluice.api.routing.RouteMatch;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as JSON. A body in parts is shown raw alone. */
final class RequestText {

  private RequestText() {}

  static JsonObject of(RequestContext context, Optional<Buffer> body) {
    ClientRequest request = context.request();
    JsonObject told = new JsonObject()
        .put("scheme", request.scheme())
        .put("host", withoutPort(request.host()))
        .put("port", request.localPort())
        .put("headers", headers(request))
        .put("query", arguments(request.rawQuery()))
        .put("method", request.method())
        .put("path", request.rawPath())
        .put("uri_captures", captures(context.match()));
    body.ifPresent(raw -> {
      told.put("raw_body", raw.toString());
      parsed(request.headers().get("Content-Type").orElse(""), raw).ifPresent(value -> told.put("body", value));
    });
    return told;
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > 0 && host.indexOf(']', colon) < 0 ? host.substring(0, colon) : host;
  }

  private static JsonObject headers(ClientRequest request) {
    JsonObject headers = new JsonObject();
    request.headers().forEach((name, value) -> add(headers, name.toLowerCase(Locale.ROOT), value));
    return headers;
  }

  /** An argument without an equals sign is true. */
  private static JsonObject arguments(String raw) {
    JsonObject arguments = new JsonObject();
    for (String argument : raw.split("&", -1)) {
      int equals = argument.indexOf('=');
      if (equals >= 0) {
        String name = UrlEncoded.decode(argument.substring(0, equals));
        add(arguments, name, UrlEncoded.decode(argument.substring(equals + 1)));
      } else if (!argument.isEmpty()) {
        add(arguments, UrlEncoded.decode(argument), true);
      }
    }
    return arguments;
  }

  private static void add(JsonObject to, String name, Object value) {
    Object before = to.getValue(name);
    if (before == null) {
      to.put(name, value);
    } else {
      to.put(name, (before instanceof JsonArray several ? several : new JsonArray().add(before)).add(value));
    }
  }

  private static Optional<Object> parsed(String contentType, Buffer raw) {
    String type = contentType.toLowerCase(Locale.ROOT);
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return Optional.of(arguments(raw.toString(StandardCharsets.ISO_8859_1)));
    } else if (type.startsWith("application/json")) {
      try {
        return Optional.ofNullable(Json.decodeValue(raw));
      } catch (DecodeException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static JsonObject captures(Optional<RouteMatch> match) {
    RouteMatch.Captures captures = match.map(RouteMatch::captures).orElse(RouteMatch.Captures.NONE);
    JsonObject named = new JsonObject();
    for (Map.Entry<String, String> group : captures.named().entrySet()) {
      named.put(group.getKey(), group.getValue());
    }
    return new JsonObject().put("named", named).put("unnamed", new JsonArray(List.copyOf(captures.numbered())));
  }
}
