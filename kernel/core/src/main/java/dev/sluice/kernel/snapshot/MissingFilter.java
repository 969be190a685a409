package dev.sluice.kernel.snapshot;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;

/**
 * Stands for a configured filter that no loaded jar brings, or that cannot be built any more. It refuses all requests:
 * a route must not open because the jar of its authentication is missing.
 */
record MissingFilter(String name, String reason) implements Filter.Access {

  @Override
  public Future<Void> access(RequestContext context) {
    return Future.failedFuture("plugin '" + name + "' is configured but " + reason);
  }
}
