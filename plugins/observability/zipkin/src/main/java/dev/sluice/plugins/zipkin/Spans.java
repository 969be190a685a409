package dev.sluice.plugins.zipkin;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.request.Attempt;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.plugins.tracing.Endpoints;
import dev.sluice.plugins.tracing.Ids;
import dev.sluice.plugins.tracing.Tries;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The spans of requests that have ended: that of the request, that of the proxy in it, and one for each attempt. */
final class Spans {

  private static final String SERVER = "SERVER";
  private static final String CLIENT = "CLIENT";
  private static final String STATUS = "http.status_code";
  private static final int CLIENT_GONE = 499;

  private final ZipkinConfig config;
  private final String nodeId;

  Spans(ZipkinConfig config, String nodeId) {
    this.config = config;
    this.nodeId = nodeId;
  }

  /** The spans of a request, in Zipkin's form. For the phase LOG. */
  List<JsonObject> of(RequestContext context, ZipkinTrace trace) {
    String name = name(context.request());
    Phases phases = Phases.of(context, trace);
    List<JsonObject> spans = new ArrayList<>();
    spans.add(request(context, trace, phases, name));
    spans.add(proxy(context, trace, phases, name));
    for (int i = 0; i < context.attempts().size(); i++) {
      spans.add(attempt(context, trace, i, name));
    }
    return spans;
  }

  private String name(ClientRequest request) {
    String method = request.method().toLowerCase(Locale.ROOT);
    return config.pathInName() ? method + " " + request.path().toLowerCase(Locale.ROOT) : method;
  }

  private JsonObject request(RequestContext context, ZipkinTrace trace, Phases phases, String name) {
    ClientRequest request = context.request();
    int status = context.response().status();
    Span span = new Span(context, trace, name, SERVER, config.names().local())
        .id(trace.requestSpan(), trace.requestParent())
        .time(0, context.timeline().ended())
        .remote(request.clientAddress(), port(request), Optional.empty())
        .tag("lc", "kong")
        .tag("http.method", request.method())
        .tag("http.host", Endpoints.host(request))
        .tag("http.path", request.path())
        .tag("http.protocol", "HTTP/" + Endpoints.httpVersion(request))
        .tag(STATUS, Integer.toString(status == 0 ? CLIENT_GONE : status))
        .tag("kong.node.id", nodeId);
    context.consumer().map(Consumer::id).ifPresent(id -> span.tag("kong.consumer", id));
    if (config.includeCredential()) {
      context.credential().map(Credential::id).ifPresent(id -> span.tag("kong.credential", id));
    }
    config.tags().fixed().forEach(span::tag);
    request.headers().get(config.tags().header()).ifPresent(value -> given(value, span));
    phases.rewrite(span, config.durationTags());
    return trace.shared() ? span.json().put("shared", true) : span.json();
  }

  /** The port of the client itself: that of a proxy before us says nothing of whoever is behind it. */
  private static int port(ClientRequest request) {
    return request.clientAddress().equals(request.peerAddress()) ? request.peerPort() : 0;
  }

  /** Adds what the client has given: {@code one=1; two=2}. */
  private static void given(String value, Span span) {
    for (String tag : value.split(";", -1)) {
      int equals = tag.indexOf('=');
      if (equals > 0 && !tag.substring(0, equals).isBlank()) {
        span.tag(tag.substring(0, equals).strip(), tag.substring(equals + 1).strip());
      }
    }
  }

  private JsonObject proxy(RequestContext context, ZipkinTrace trace, Phases phases, String name) {
    Span span = new Span(context, trace, name + " (proxy)", CLIENT, config.names().local())
        .id(trace.proxySpan(), trace.requestSpan())
        .time(phases.proxyBegun(), phases.ended());
    int tries = context.attempts().size();
    if (tries > 0) {
      Attempt last = context.attempts().get(tries - 1);
      span.remote(last.address(), last.port(), serviceName(context)).tag("peer.hostname", last.host());
    } else {
      span.remote("", 0, serviceName(context));
    }
    entities(context, span);
    phases.proxy(span, config.durationTags());
    return span.json();
  }

  private JsonObject attempt(RequestContext context, ZipkinTrace trace, int index, String name) {
    Attempt attempt = context.attempts().get(index);
    int number = index + 1;
    Span span = new Span(context, trace, name + " (balancer try " + number + ")", CLIENT, config.names().local())
        .id(Ids.span(), trace.requestSpan())
        .time(attempt.startedNanos(), Tries.endOf(context, index))
        .remote(attempt.address(), attempt.port(), serviceName(context))
        .tag("kong.balancer.try", Integer.toString(number));
    if (attempt.failure().isPresent()) {
      span.tag("error", "true")
          .tag("kong.balancer.state", "failed")
          .tag(STATUS, Integer.toString(attempt.failure().getAsInt()));
    }
    entities(context, span);
    return span.json();
  }

  private Optional<String> serviceName(RequestContext context) {
    return context.match()
        .flatMap(match -> match.definition().service())
        .flatMap(service -> service.name())
        .or(() -> config.names().other());
  }

  private static void entities(RequestContext context, Span span) {
    context.match().map(RouteMatch::definition).ifPresent(found -> {
      found.service().ifPresent(service -> {
        span.tag("kong.service", service.id());
        service.name().ifPresent(name -> span.tag("kong.service_name", name));
      });
      span.tag("kong.route", found.route().id());
      found.route().name().ifPresent(name -> span.tag("kong.route_name", name));
    });
  }
}
