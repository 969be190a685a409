package dev.sluice.plugins.traffic;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.request.EndedRequest;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.upstream.TargetState;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** A request as the tail shows it: no query, no headers, no bodies, and so no credentials. */
record SeenRequest(
    long number,
    String id,
    long startedAtMillis,
    String method,
    String host,
    String path,
    int status,
    boolean fromUpstream,
    long tookNanos,
    long upstreamNanos,
    Optional<Route> route,
    Optional<Service> service,
    Optional<Upstream> upstream,
    String target,
    Optional<Consumer> consumer,
    String clientAddress,
    long received,
    long sent) {

  private static final int LONGEST = 256;
  private static final double MICROS = 1000;

  static SeenRequest of(long number, EndedRequest request) {
    return new SeenRequest(
        number,
        request.id(),
        request.startedAtMillis(),
        shortened(request.method()),
        shortened(request.host()),
        shortened(request.path()),
        request.status(),
        request.fromUpstream(),
        request.tookNanos(),
        request.upstreamNanos(),
        request.route().map(RouteDefinition::route),
        request.route().flatMap(RouteDefinition::service),
        request.upstream(),
        request.target().map(SeenRequest::address).orElse(""),
        request.consumer(),
        request.clientAddress(),
        request.received(),
        request.sent());
  }

  private static String address(TargetState target) {
    String address = target.address();
    return (address.contains(":") ? "[" + address + "]:" : address + ":") + target.port();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static double millis(long nanos) {
    return Math.round(nanos / MICROS) / MICROS;
  }

  private static JsonObject named(String id, Optional<String> name) {
    return new JsonObject().put("id", id).put("name", name.orElse(null));
  }

  JsonObject json() {
    JsonObject json = new JsonObject()
        .put("number", number)
        .put("id", id)
        .put("started_at", startedAtMillis)
        .put("method", method)
        .put("host", host)
        .put("path", path)
        .put("status", status == 0 ? null : status)
        .put("source", fromUpstream ? "service" : "gateway")
        .put("latency_ms", millis(tookNanos))
        .put("gateway_ms", millis(tookNanos - Math.max(0, upstreamNanos)))
        .put("client_ip", clientAddress)
        .put("bytes", new JsonObject().put("received", received).put("sent", sent));
    route.ifPresent(each -> json.put("route", named(each.id(), each.name())));
    service.ifPresent(each -> json.put("service", named(each.id(), each.name())));
    upstream.ifPresent(
        each ->
            json.put(
                "upstream",
                Place.entity(each.id())
                    ? named(each.id(), Optional.of(each.name()))
                    : new JsonObject().putNull("id").put("name", Place.host(each.id()))));
    consumer.ifPresent(each -> json.put("consumer", named(each.id(), each.username())));
    return target.isEmpty() ? json : json.put("target", target);
  }
}
