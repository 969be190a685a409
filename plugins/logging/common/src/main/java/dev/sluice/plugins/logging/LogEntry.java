package dev.sluice.plugins.logging;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.entity.Workspace;
import dev.sluice.api.request.Attempt;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.ClientVerification;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.LogFields;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** What is logged of a request or a stream, in Kong's form. For the phase LOG alone. */
public final class LogEntry {

  private static final long NANOS = 1_000_000;
  private static final int CLIENT_GONE = 499;

  private LogEntry() {}

  /** The entry of a request that has ended, with what the configuration adds to it. */
  public static JsonObject of(RequestContext context, CustomFields custom) {
    JsonObject entry = new JsonObject()
        .put("request", request(context.request(), context.id(), context.get(ClientVerification.KEY)))
        .put("upstream_uri", context.match().isPresent() ? context.upstreamRequest().target() : "")
        .put("upstream_status", upstreamStatus(context))
        .put("response", response(context))
        .put("latencies", latencies(context))
        .put("client_ip", context.request().clientAddress())
        .put("started_at", context.startedAtMillis())
        .put("source", context.response().fromUpstream() ? "upstream" : "kong")
        .put("workspace", context.workspace())
        .put("workspace_name", workspaceName(context));
    context.match().map(RouteMatch::definition).ifPresent(found -> matched(entry, context, found));
    context.credential().ifPresent(with -> entry.put("authenticated_entity", entity(with)));
    context.consumer().ifPresent(who -> entry.put("consumer", EntityJson.of(who, context.workspace())));
    context.get(LogFields.KEY).ifPresent(fields -> fields.addTo(entry));
    custom.addTo(entry);
    return entry;
  }

  /** The entry of a connection that was passed on as it is and has ended, with what the configuration adds to it. */
  public static JsonObject of(EndedStream stream, CustomFields custom) {
    JsonObject session = new JsonObject()
        .put("received", stream.received())
        .put("sent", stream.sent())
        .put("status", stream.status())
        .put("server_port", stream.localPort());
    stream.tls().ifPresent(terms -> session.put("tls", MessageJson.tls(terms, Optional.empty())));
    JsonObject entry = new JsonObject()
        .put("session", session)
        .put("upstream", new JsonObject().put("received", stream.upstreamReceived()).put("sent", stream.upstreamSent()))
        .put("latencies", new JsonObject().put("kong", stream.gatewayMillis()).put("session", stream.tookMillis()))
        .put("client_ip", stream.clientAddress())
        .put("started_at", stream.startedAtMillis())
        .put("workspace", stream.workspace())
        .put("workspace_name", workspaceName(stream))
        .put("route", EntityJson.of(stream.route(), stream.workspace()));
    stream.service().ifPresent(service -> {
      entry.put("service", EntityJson.of(service, stream.workspace()));
      entry.put("tries", tries(stream.attempts(), stream.startedAtMillis()));
    });
    custom.addTo(entry);
    return entry;
  }

  /** The status of the answer; that of a client who did not wait for one when there was none. */
  public static int status(RequestContext context) {
    int status = context.response().status();
    return status == 0 ? CLIENT_GONE : status;
  }

  /** The name of the workspace of a request. */
  public static String workspaceName(RequestContext context) {
    return workspaceName(context.entities(), context.workspace());
  }

  /** The name of the workspace of a stream. */
  public static String workspaceName(EndedStream stream) {
    return workspaceName(stream.entities(), stream.workspace());
  }

  private static String workspaceName(EntityReader entities, String id) {
    return entities.byId(CoreEntities.WORKSPACES, id).map(Workspace::name).orElse("default");
  }

  private static JsonObject request(ClientRequest request, String id, Optional<ClientVerification> verification) {
    JsonObject headers = MessageJson.headers(request.headers(), true);
    if (!headers.containsKey("host") && !request.host().isEmpty()) {
      headers.put("host", request.host());
    }
    JsonObject json = new JsonObject()
        .put("id", id)
        .put("uri", request.rawTarget())
        .put("url", MessageJson.url(request))
        .put("querystring", MessageJson.query(request.rawQuery()))
        .put("method", request.method())
        .put("headers", headers)
        .put("size", request.size());
    request.tls().ifPresent(session -> json.put("tls", MessageJson.tls(session, verification)));
    return json;
  }

  private static JsonObject response(RequestContext context) {
    return new JsonObject()
        .put("status", status(context))
        .put("headers", MessageJson.headers(context.response().headers(), false))
        .put("size", context.response().size());
  }

  private static JsonObject latencies(RequestContext context) {
    Latencies latencies = Latencies.of(context);
    return new JsonObject()
        .put("request", latencies.request())
        .put("kong", latencies.kong())
        .put("proxy", latencies.proxy())
        .put("receive", latencies.receive());
  }

  private static void matched(JsonObject entry, RequestContext context, RouteDefinition found) {
    entry.put("route", EntityJson.of(found.route(), context.workspace()));
    found.service().ifPresent(service -> {
      entry.put("service", EntityJson.of(service, context.workspace()));
      entry.put("tries", tries(context.attempts(), context.startedAtMillis()));
    });
  }

  private static JsonArray tries(List<Attempt> attempts, long startedAtMillis) {
    JsonArray tries = new JsonArray();
    for (Attempt attempt : attempts) {
      long startMillis = startedAtMillis + attempt.startedNanos() / NANOS;
      JsonObject json = new JsonObject()
          .put("balancer_start", startMillis)
          .put("balancer_start_ns", startedAtMillis * NANOS + attempt.startedNanos())
          .put("balancer_latency", attempt.pickNanos() / NANOS)
          .put("balancer_latency_ns", attempt.pickNanos())
          .put("ip", attempt.address())
          .put("port", attempt.port());
      attempt.failure().ifPresent(code -> json.put("state", "failed").put("code", code));
      tries.add(json);
    }
    return tries;
  }

  /** The status of every attempt, those of failures included. */
  private static String upstreamStatus(RequestContext context) {
    StringJoiner all = new StringJoiner(", ");
    for (Attempt attempt : context.attempts()) {
      attempt.failure().ifPresent(code -> all.add(Integer.toString(code)));
    }
    if (context.upstreamResponse().received()) {
      all.add(Integer.toString(context.upstreamResponse().status()));
    }
    return all.toString();
  }

  private static JsonObject entity(Credential credential) {
    JsonObject json = new JsonObject().put("id", credential.id());
    credential.consumerId().ifPresent(id -> json.put("consumer_id", id));
    return json;
  }
}
