package dev.sluice.api.filter;

import io.vertx.core.Future;

/** Constants for filters. */
public final class Filters {

  /** What a filter returns when the request goes on at once: shared, so that nothing is allocated. */
  public static final Future<Void> CONTINUE = Future.succeededFuture();

  private Filters() {}
}
