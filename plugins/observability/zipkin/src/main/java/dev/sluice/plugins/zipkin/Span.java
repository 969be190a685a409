package dev.sluice.plugins.zipkin;

import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.tracing.Hex;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One span in Zipkin's form, version 2. Times are given in nanoseconds since the head of the request. */
final class Span {

  private static final int MICRO = 1000;

  private final long beginning;
  private final JsonObject json;
  private final JsonObject tags = new JsonObject();
  private final JsonArray annotations = new JsonArray();

  Span(RequestContext context, ZipkinTrace trace, String name, String kind, String service) {
    this.beginning = context.startedAtMillis() * MICRO;
    this.json = new JsonObject()
        .put("traceId", trace.id().hex())
        .put("name", name)
        .put("kind", kind)
        .put("localEndpoint", new JsonObject().put("serviceName", service));
  }

  private long micros(long nanos) {
    return beginning + nanos / MICRO;
  }

  Span id(long id, long parent) {
    json.put("id", Hex.of(id));
    if (parent != 0) {
      json.put("parentId", Hex.of(parent));
    }
    return this;
  }

  /** A span takes a microsecond at least: Zipkin takes 0 for unknown. */
  Span time(long from, long to) {
    json.put("timestamp", micros(from)).put("duration", Math.max(1, (to - from) / MICRO));
    return this;
  }

  /** The other side, of which the address may be empty and the port 0. */
  Span remote(String address, int port, Optional<String> service) {
    JsonObject remote = new JsonObject();
    service.ifPresent(name -> remote.put("serviceName", name));
    if (!address.isEmpty()) {
      remote.put(address.indexOf(':') < 0 ? "ipv4" : "ipv6", address);
    }
    if (port > 0) {
      remote.put("port", port);
    }
    if (!remote.isEmpty()) {
      json.put("remoteEndpoint", remote);
    }
    return this;
  }

  Span tag(String name, String value) {
    tags.put(name, value);
    return this;
  }

  void annotate(String value, long nanos) {
    annotations.add(new JsonObject().put("timestamp", micros(nanos)).put("value", value));
  }

  JsonObject json() {
    json.put("tags", tags);
    return annotations.isEmpty() ? json : json.put("annotations", annotations);
  }
}
