package dev.sluice.plugins.awslambda;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteMatch;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What functions are told of requests. */
final class Events {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final AwsLambdaConfig.Event told;

  Events(AwsLambdaConfig.Event told) {
    this.told = told;
  }

  JsonObject of(RequestContext context, Buffer body) {
    if (told.gateway()) {
      return gateway(context, body);
    }
    return told.method() || told.uri() || told.headers() || told.body()
        ? chosen(context.request(), body)
        : Arguments.of(context.request().rawQuery()).mergeIn(arguments(context.request(), body));
  }

  private JsonObject chosen(ClientRequest request, Buffer body) {
    JsonObject event = new JsonObject();
    if (told.method()) {
      event.put("request_method", request.method());
    }
    if (told.headers()) {
      event.put("request_headers", Arguments.of(request.headers()));
    }
    if (told.uri()) {
      event.put("request_uri", request.rawTarget()).put("request_uri_args", Arguments.of(request.rawQuery()));
    }
    if (told.body()) {
      event.put("request_body", text(body, told.base64()))
          .put("request_body_args", arguments(request, body))
          .put("request_body_base64", told.base64());
    }
    return event;
  }

  private static JsonObject arguments(ClientRequest request, Buffer body) {
    return Arguments.of(request.headers().get("Content-Type").orElse(""), body);
  }

  private static String text(Buffer body, boolean base64) {
    return base64 ? Base64.getEncoder().encodeToString(body.getBytes()) : body.toString(StandardCharsets.UTF_8);
  }

  private JsonObject gateway(RequestContext context, Buffer body) {
    ClientRequest request = context.request();
    JsonObject headers = Arguments.of(request.headers());
    JsonObject query = Arguments.of(request.rawQuery());
    JsonObject parameters = new JsonObject();
    context.match().ifPresent(match -> match.captures().named().forEach(parameters::put));
    String path = context.upstreamRequest().path();
    String resource = context.match().map(match -> resource(match, request.path())).orElse(path);
    boolean base64 = told.base64() && body.length() > 0;
    return new JsonObject()
        .put("version", "1.0")
        .put("resource", resource)
        .put("path", path)
        .put("httpMethod", request.method())
        .put("headers", firsts(headers))
        .put("multiValueHeaders", lists(headers))
        .put("pathParameters", parameters)
        .put("queryStringParameters", firsts(query))
        .put("multiValueQueryStringParameters", lists(query))
        .put("body", text(body, base64))
        .put("isBase64Encoded", base64)
        .put("requestContext", about(context, path, resource));
  }

  private static JsonObject about(RequestContext context, String path, String resource) {
    ClientRequest request = context.request();
    String host = request.host().replaceFirst(":\\d+$", "");
    int dot = host.indexOf('.');
    JsonObject identity = new JsonObject().put("sourceIp", request.clientAddress());
    request.headers().get("User-Agent").ifPresent(agent -> identity.put("userAgent", agent));
    return new JsonObject()
        .put("path", path)
        .put("protocol", protocol(request))
        .put("httpMethod", request.method())
        .put("domainName", host)
        .put("domainPrefix", dot < 0 ? host : host.substring(0, dot))
        .put("identity", identity)
        .put("requestId", context.id())
        .put("requestTime", TIME.format(Instant.ofEpochMilli(context.startedAtMillis())))
        .put("requestTimeEpoch", context.startedAtMillis())
        .put("resourcePath", resource);
  }

  private static String protocol(ClientRequest request) {
    return switch (request.version()) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2.0";
    };
  }

  /** The path of the route that matched, as it is configured. */
  private static String resource(RouteMatch match, String path) {
    List<String> paths = match.definition().route().paths();
    Predicate<String> matches = one -> one.startsWith("~") || path.startsWith(one);
    return paths.stream()
        .filter(matches)
        .findFirst()
        .map(one -> one.startsWith("~") ? one.substring(1) : one)
        .orElse(path);
  }

  private static JsonObject firsts(JsonObject values) {
    JsonObject firsts = new JsonObject();
    values.forEach(entry -> firsts.put(entry.getKey(), list(entry.getValue()).getValue(0)));
    return firsts;
  }

  private static JsonObject lists(JsonObject values) {
    JsonObject lists = new JsonObject();
    values.forEach(entry -> lists.put(entry.getKey(), list(entry.getValue())));
    return lists;
  }

  private static JsonArray list(Object value) {
    JsonArray list = new JsonArray();
    for (Object one : value instanceof JsonArray given ? given : new JsonArray().add(value)) {
      list.add(Boolean.TRUE.equals(one) ? "" : one);
    }
    return list;
  }
}
