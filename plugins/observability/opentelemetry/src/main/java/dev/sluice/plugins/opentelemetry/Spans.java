package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.deployment.Decision;
import dev.sluice.api.request.Attempt;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.tracing.Endpoints;
import dev.sluice.plugins.tracing.Hex;
import dev.sluice.plugins.tracing.Ids;
import dev.sluice.plugins.tracing.Tries;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

/** The spans of requests that have ended: that of the request, and one for each attempt to reach a target. */
final class Spans {

  private static final AttributeKey<String> METHOD = stringKey("http.method");
  private static final AttributeKey<String> URL = stringKey("http.url");
  private static final AttributeKey<String> HOST = stringKey("http.host");
  private static final AttributeKey<String> SCHEME = stringKey("http.scheme");
  private static final AttributeKey<String> FLAVOR = stringKey("http.flavor");
  private static final AttributeKey<String> CLIENT = stringKey("http.client_ip");
  private static final AttributeKey<Long> STATUS = longKey("http.status_code");
  private static final AttributeKey<String> ROUTE = stringKey("http.route");
  private static final AttributeKey<String> ID = stringKey("kong.request.id");
  private static final AttributeKey<String> PEER = stringKey("net.peer.ip");
  private static final AttributeKey<Long> PEER_PORT = longKey("net.peer.port");
  private static final AttributeKey<String> PEER_NAME = stringKey("net.peer.name");
  private static final AttributeKey<Long> TRY = longKey("try_count");
  private static final long MILLI = 1_000_000;
  private static final int CLIENT_GONE = 499;
  private static final int SERVER_ERROR = 500;

  private final Instrumentations on;
  private final Resource resource;

  Spans(Instrumentations on, Resource resource) {
    this.on = on;
    this.resource = resource;
  }

  /** The spans of a request. For the phase LOG. */
  List<SpanData> of(RequestContext context, RequestTrace trace) {
    String id = trace.id().wideHex();
    SpanContext parent = trace.parent() == 0
        ? SpanContext.getInvalid()
        : SpanContext.createFromRemoteParent(
            id, Hex.of(trace.parent()), TraceFlags.getSampled(), TraceState.getDefault());
    SpanContext root = span(id, trace.root());
    List<SpanData> spans = new ArrayList<>(1 + context.attempts().size());
    if (on.request()) {
      spans.add(request(context, root, parent));
    }
    if (on.balancer()) {
      int last = context.attempts().size() - 1;
      for (int i = 0; i <= last; i++) {
        SpanContext attempt = span(id, i == last ? trace.attempt() : Ids.span());
        spans.add(attempt(context, attempt, on.request() ? root : parent, i));
      }
    }
    return spans;
  }

  private static SpanContext span(String trace, long span) {
    return SpanContext.create(trace, Hex.of(span), TraceFlags.getSampled(), TraceState.getDefault());
  }

  private SpanData request(RequestContext context, SpanContext span, SpanContext parent) {
    ClientRequest request = context.request();
    String host = Endpoints.host(request);
    int status = context.response().status() == 0 ? CLIENT_GONE : context.response().status();
    AttributesBuilder attributes = Attributes.builder()
        .put(METHOD, request.method())
        .put(URL, request.scheme() + "://" + host + request.rawTarget())
        .put(HOST, host)
        .put(SCHEME, request.scheme())
        .put(FLAVOR, Endpoints.httpVersion(request))
        .put(CLIENT, request.clientAddress())
        .put(PEER, request.peerAddress())
        .put(STATUS, status)
        .put(ROUTE, path(context))
        .put(ID, context.id());
    for (Decision decision : context.decisions()) {
      String name = "sluice.strategy." + decision.strategy();
      attributes
          .put(name + ".group", decision.selection().group())
          .put(name + ".reason", decision.selection().reason());
    }
    long begun = context.startedAtMillis() * MILLI;
    return new FinishedSpan(
        resource,
        "kong",
        SpanKind.SERVER,
        span,
        parent,
        begun,
        begun + Math.max(0, context.timeline().ended()),
        attributes.build(),
        status >= SERVER_ERROR ? StatusData.error() : StatusData.unset());
  }

  /** The first path of the route. */
  private static String path(RequestContext context) {
    return context.match()
        .flatMap(match -> match.definition().route().paths().stream().findFirst())
        .orElse("");
  }

  private SpanData attempt(RequestContext context, SpanContext span, SpanContext parent, int index) {
    Attempt attempt = context.attempts().get(index);
    AttributesBuilder attributes = Attributes.builder()
        .put(TRY, index + 1)
        .put(PEER, attempt.address())
        .put(PEER_PORT, attempt.port())
        .put(PEER_NAME, attempt.host());
    attempt.failure().ifPresent(status -> attributes.put(STATUS, status));
    long beginning = context.startedAtMillis() * MILLI;
    return new FinishedSpan(
        resource,
        "kong.balancer",
        SpanKind.CLIENT,
        span,
        parent,
        beginning + attempt.startedNanos(),
        beginning + Math.max(attempt.startedNanos(), Tries.endOf(context, index)),
        attributes.build(),
        attempt.failure().isPresent() ? StatusData.error() : StatusData.unset());
  }
}
