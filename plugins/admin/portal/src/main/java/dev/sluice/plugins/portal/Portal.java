package dev.sluice.plugins.portal;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.AdminSurface;
import io.vertx.core.Future;

/** Takes requests apart by their paths: calls of the Admin API, the session, and all the rest, which are pages. */
record Portal(Pages pages, SessionCalls session, ApiCalls api) implements AdminSurface {

  static final String API = "/kong-admin";
  static final String SESSION = "/_portal/session";
  /** Should an answer ever be taken for a page, it is one that may do nothing. */
  private static final String POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

  @Override
  public Future<AdminResponse> handle(AdminRequest request) {
    String path = request.path();
    boolean call = path.equals(API) || path.startsWith(API + "/");
    if (!call && !path.equals(SESSION)) {
      return pages.answer(request);
    }
    if (!SameOrigin.allows(request)) {
      return Future.succeededFuture(
          data(AdminResponse.message(403, "only the portal's own pages may call this; scripts use the Admin API itself")));
    }
    return (call ? api.pass(request) : session.answer(request)).map(Portal::data);
  }

  /** What is told about the configuration is for the page that asked. */
  private static AdminResponse data(AdminResponse answer) {
    return answer
        .header("Cache-Control", "no-store")
        .header("Content-Security-Policy", POLICY)
        .header("Cross-Origin-Resource-Policy", "same-origin");
  }
}
