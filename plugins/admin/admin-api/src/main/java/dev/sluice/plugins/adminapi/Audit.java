package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.EntityChange;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records every request that may change something: who, when, from where, what. Secrets are masked. */
final class Audit {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final int MOST = 16 * 1024;
  private static final int DIGITS = 12;

  private final AuditLog log;
  private final Secrets secrets;
  private final Clock clock;

  Audit(AuditLog log, Secrets secrets, Clock clock) {
    this.log = log;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Adds the list of records to the endpoints. */
  static void add(AuditLog log, Api api, EndpointTable.Builder table) {
    table.add(
        new AdminEndpoint(
            "GET",
            "/audit",
            call ->
                log.newestFirst()
                    .map(
                        rows ->
                            Answers.ok(
                                UpstreamTargets.page(
                                    call.request(), rows, next -> api.prefix() + "/audit?offset=" + next)))));
  }

  /** Serves a call, and answers when it is recorded. */
  Future<AdminResponse> recorded(AdminCall call, AdminEndpoint endpoint) {
    if (endpoint.readsOnly() || READING.contains(call.request().method())) {
      return endpoint.handler().apply(call);
    }
    List<EntityChange> changes = Collections.synchronizedList(new ArrayList<>());
    Future<AdminResponse> answer;
    try {
      answer = endpoint.handler().apply(call.tellingOf(changes::add));
    } catch (RuntimeException e) {
      answer = Future.failedFuture(e);
    }
    return answer
        .otherwise(cause -> Surface.failure(call.request(), cause))
        .compose(served -> log.add(record(call, served, List.copyOf(changes))).map(served));
  }

  private JsonObject record(AdminCall call, AdminResponse answer, List<EntityChange> changes) {
    AdminRequest request = call.request();
    JsonObject body = secrets.masked(call.body());
    boolean whole = body.encode().length() <= MOST;
    JsonObject record = new JsonObject()
        .put("at", Instant.now(clock).toString())
        .put("who", who(request))
        .put("from", request.peerAddress())
        .put("method", request.method())
        .put("path", secrets.path(request.path(), call.parameters()))
        .put("workspace", call.workspace())
        .put("status", answer.status())
        .put("entity", id(answer).orElse(null))
        .put("body", whole ? body : new JsonObject().put("fields", new JsonArray(List.copyOf(body.fieldNames()))));
    return new AuditChanges(secrets).add(record, changes);
  }

  /** A token is told by the beginning of its hash; whoever has the token can find the records that are theirs. */
  private static String who(AdminRequest request) {
    Optional<String> token =
        request.headers().get("Kong-Admin-Token")
            .or(() -> request.headers().get("Authorization").map(text -> text.substring(text.lastIndexOf(' ') + 1)));
    return token.map(given -> "token " + fingerprint(given)).orElse("anonymous");
  }

  static String fingerprint(String token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Optional<String> id(AdminResponse answer) {
    if (answer.status() >= 300 || answer.body().length() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(answer.body().toJsonObject().getValue("id")).map(String::valueOf);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
