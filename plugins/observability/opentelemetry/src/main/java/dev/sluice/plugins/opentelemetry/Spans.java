package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.deployment.Decision;
import dev.sluice.api.request.Attempt;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.tracing.Endpoints;
import dev.sluice.plugins.tracing.Ids;
import dev.sluice.plugins.tracing.Tries;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;

/** The spans of requests that have ended: that of the request, and one for each attempt to reach a target. */
final class Spans {

  private static final long MILLI = 1_000_000;
  private static final String STATUS = "http.status_code";
  private static final int CLIENT_GONE = 499;
  private static final int SERVER_ERROR = 500;

  private final Instrumentations on;

  Spans(Instrumentations on) {
    this.on = on;
  }

  /** The spans of a request. For the phase LOG. */
  List<Span> of(RequestContext context, RequestTrace trace) {
    List<Span> spans = new ArrayList<>();
    if (on.request()) {
      spans.add(request(context, trace));
    }
    if (on.balancer()) {
      for (int i = 0; i < context.attempts().size(); i++) {
        spans.add(attempt(context, trace, i));
      }
    }
    return spans;
  }

  private static Span.Builder span(RequestContext context, RequestTrace trace, long from, long to) {
    long beginning = context.startedAtMillis() * MILLI;
    return Span.newBuilder()
        .setTraceId(Bytes.of(trace.id()))
        .setStartTimeUnixNano(beginning + from)
        .setEndTimeUnixNano(beginning + Math.max(from, to));
  }

  private static Span request(RequestContext context, RequestTrace trace) {
    ClientRequest request = context.request();
    String host = Endpoints.host(request);
    int status = context.response().status() == 0 ? CLIENT_GONE : context.response().status();
    Span.Builder span = span(context, trace, 0, context.timeline().ended())
        .setName("kong")
        .setKind(SpanKind.SPAN_KIND_SERVER)
        .setSpanId(Bytes.of(trace.root()))
        .setParentSpanId(Bytes.of(trace.parent()))
        .addAttributes(Attributes.text("http.method", request.method()))
        .addAttributes(Attributes.text("http.url", request.scheme() + "://" + host + request.rawTarget()))
        .addAttributes(Attributes.text("http.host", host))
        .addAttributes(Attributes.text("http.scheme", request.scheme()))
        .addAttributes(Attributes.text("http.flavor", Endpoints.httpVersion(request)))
        .addAttributes(Attributes.text("http.client_ip", request.clientAddress()))
        .addAttributes(Attributes.text("net.peer.ip", request.peerAddress()))
        .addAttributes(Attributes.number(STATUS, status))
        .addAttributes(Attributes.text("http.route", path(context)))
        .addAttributes(Attributes.text("kong.request.id", context.id()));
    for (Decision decision : context.decisions()) {
      String name = "sluice.strategy." + decision.strategy();
      span.addAttributes(Attributes.text(name + ".group", decision.selection().group()))
          .addAttributes(Attributes.text(name + ".reason", decision.selection().reason()));
    }
    return (status >= SERVER_ERROR ? failed(span) : span).build();
  }

  /** The first path of the route. */
  private static String path(RequestContext context) {
    return context.match()
        .flatMap(match -> match.definition().route().paths().stream().findFirst())
        .orElse("");
  }

  private static Span.Builder failed(Span.Builder span) {
    return span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
  }

  private static Span attempt(RequestContext context, RequestTrace trace, int index) {
    Attempt attempt = context.attempts().get(index);
    boolean last = index == context.attempts().size() - 1;
    Span.Builder span = span(context, trace, attempt.startedNanos(), Tries.endOf(context, index))
        .setName("kong.balancer")
        .setKind(SpanKind.SPAN_KIND_CLIENT)
        .setSpanId(Bytes.of(last ? trace.attempt() : Ids.span()))
        .setParentSpanId(Bytes.of(trace.parentOfAttempts()))
        .addAttributes(Attributes.number("try_count", index + 1L))
        .addAttributes(Attributes.text("net.peer.ip", attempt.address()))
        .addAttributes(Attributes.number("net.peer.port", attempt.port()))
        .addAttributes(Attributes.text("net.peer.name", attempt.host()));
    if (attempt.failure().isPresent()) {
      failed(span).addAttributes(Attributes.number(STATUS, attempt.failure().getAsInt()));
    }
    return span.build();
  }
}
