package dev.sluice.kernel.pipeline;

import io.vertx.core.Context;
import io.vertx.core.impl.ContextInternal;

/**
 * Runs filters as Vert.x runs handlers: with their context known to {@code Vertx.currentContext()}. Bytes from upstream
 * arrive below Vert.x, where it is not.
 */
final class Dispatch {

  private Dispatch() {}

  static void on(Context context, Runnable task) {
    ((ContextInternal) context).dispatch(task);
  }
}
