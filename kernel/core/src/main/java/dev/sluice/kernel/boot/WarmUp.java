package dev.sluice.kernel.boot;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.impl.VertxInternal;

/**
 * Has the threads of the node born before any jar can ask for one: a thread keeps the class loaders of all callers
 * that it was born under, for as long as it lives.
 */
final class WarmUp {

  private WarmUp() {}

  /** Each pool makes a thread for each task until it has all of its own. */
  @SuppressWarnings("deprecation") // Vert.x has no other way to reach each of its loops.
  static void threads(Vertx vertx, int workers) {
    VertxInternal insides = (VertxInternal) vertx;
    for (EventExecutor loop : vertx.nettyEventLoopGroup()) {
      loop.execute(() -> {});
    }
    for (EventExecutor loop : insides.getAcceptorEventLoopGroup()) {
      loop.execute(() -> {});
    }
    for (int i = 0; i < workers; i++) {
      vertx.executeBlocking(() -> true, false);
      // What Vert.x offers runs one task after the other, on as few threads as that takes.
      insides.getInternalWorkerPool().executor().execute(() -> {});
    }
  }

  /** The same for a pool of so many threads; each of them begins with something. */
  static void threads(WorkerExecutor pool, int count, Runnable first) {
    for (int i = 0; i < count; i++) {
      pool.executeBlocking(
          () -> {
            first.run();
            return true;
          },
          false);
    }
  }
}
