package dev.sluice.plugins.portal;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.AdminSurface;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Passes calls on to the Admin API, within the process, with the token of the caller's session. */
record ApiCalls(AdminSurface api, Sessions sessions) {

  Future<AdminResponse> pass(AdminRequest request) {
    String path = request.path().substring(Portal.API.length());
    AdminRequest asked =
        new AdminRequest(
            request.method(),
            path.isEmpty() ? "/" : path,
            request.query(),
            PassedHeaders.of(request.headers(), sessions.token(request.headers())),
            request.body(),
            request.peerAddress());
    return api.handle(asked).map(ApiCalls::ofThisOrigin);
  }

  /** The API's leave for pages of other origins is not the portal's. */
  private static AdminResponse ofThisOrigin(AdminResponse answer) {
    List<Map.Entry<String, String>> kept =
        answer.headers().stream()
            .filter(line -> !line.getKey().toLowerCase(Locale.ROOT).startsWith("access-control-"))
            .toList();
    return new AdminResponse(answer.status(), kept, answer.body());
  }
}
