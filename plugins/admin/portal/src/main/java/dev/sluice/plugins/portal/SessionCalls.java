package dev.sluice.plugins.portal;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.request.Headers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** Logging in and out. The token is the Admin API's to judge: it is tried, and kept where it opens. */
record SessionCalls(AdminSurface api, Sessions sessions) {

  private static final String TRIED = "/endpoints";
  private static final int DENIED = 401;
  /** Bytes of a body: more than a token that fits a header. */
  private static final int LONGEST = 16 * 1024;

  Future<AdminResponse> answer(AdminRequest request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> state(request);
      case "POST" -> begin(request);
      case "DELETE" -> end(request);
      default ->
          Future.succeededFuture(
              AdminResponse.message(405, "Method not allowed").header("Allow", "GET, HEAD, POST, DELETE"));
    };
  }

  private Future<AdminResponse> state(AdminRequest request) {
    return opens(request, Optional.empty())
        .compose(
            free ->
                (free ? Future.succeededFuture(true) : opens(request, sessions.token(request.headers())))
                    .map(open -> new JsonObject().put("required", !free).put("open", open)))
        .map(state -> AdminResponse.json(200, state));
  }

  private Future<AdminResponse> begin(AdminRequest request) {
    Optional<String> token = request.body().length() > LONGEST ? Optional.empty() : token(request.body());
    if (token.isEmpty()) {
      return Future.succeededFuture(AdminResponse.message(400, "expected {\"token\": \"...\"}"));
    }
    // Where no token is asked for, none is kept: whoever comes could fill the memory with them.
    return opens(request, Optional.empty())
        .compose(free -> free ? Future.succeededFuture(AdminResponse.empty(204)) : begin(request, token.get()));
  }

  private Future<AdminResponse> begin(AdminRequest request, String token) {
    return tried(request, Optional.of(token))
        .map(
            status -> {
              if (status != 200) {
                return AdminResponse.message(DENIED, "Invalid RBAC credentials");
              }
              sessions.end(request.headers());
              return AdminResponse.empty(204)
                  .header("Set-Cookie", cookie(request, sessions.begin(token), Sessions.LENGTH.toSeconds()));
            });
  }

  private Future<AdminResponse> end(AdminRequest request) {
    sessions.end(request.headers());
    return Future.succeededFuture(AdminResponse.empty(204).header("Set-Cookie", cookie(request, "", 0)));
  }

  private static Optional<String> token(Buffer body) {
    try {
      return Json.decodeValue(body) instanceof JsonObject json && json.getValue("token") instanceof String text && !text.isEmpty()
          ? Optional.of(text)
          : Optional.empty();
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  /** Out of reach of scripts, and sent by the portal's own pages alone. */
  private static String cookie(AdminRequest request, String value, long seconds) {
    boolean secure = request.headers().get("Origin").filter(origin -> origin.startsWith("https://")).isPresent();
    return (secure ? Sessions.SECURE_COOKIE : Sessions.COOKIE) + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }

  /** Any answer but 401 means that the call was let in. */
  private Future<Boolean> opens(AdminRequest request, Optional<String> token) {
    return tried(request, token).map(status -> status != DENIED);
  }

  private Future<Integer> tried(AdminRequest request, Optional<String> token) {
    AdminRequest tried =
        new AdminRequest(
            "GET",
            TRIED,
            Map.of(),
            PassedHeaders.of(Headers.NONE, token),
            Buffer.buffer(),
            request.peerAddress());
    return api.handle(tried).map(AdminResponse::status);
  }
}
