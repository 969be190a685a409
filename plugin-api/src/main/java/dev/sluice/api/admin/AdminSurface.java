package dev.sluice.api.admin;

import io.vertx.core.Future;

/**
 * Serves a whole administrative listener. The kernel reads the request, bounds its body and writes the answer; all
 * the rest is the surface's.
 */
@FunctionalInterface
public interface AdminSurface {

  /** Serves one request, on an event loop; must not block. A failure becomes a 500. */
  Future<AdminResponse> handle(AdminRequest request);
}
