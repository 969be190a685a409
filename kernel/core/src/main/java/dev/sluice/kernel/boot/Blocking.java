package dev.sluice.kernel.boot;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/**
 * Work that blocks, on a pool. Its outcome comes back to the context of the caller; to a caller without one it is told on the thread
 * of the pool. Vert.x would bring it to any event loop then, and so to one of requests, for nothing but to leave it again.
 */
final class Blocking {

  private Blocking() {}

  /** Does the work; nothing keeps an order but the pool. */
  static <T> Future<T> run(WorkerExecutor pool, Callable<T> work) {
    Context caller = Vertx.currentContext();
    Promise<T> done = Promise.promise();
    Future<Void> asked =
        pool.executeBlocking(
            () -> {
              Future<T> outcome;
              try {
                outcome = Future.succeededFuture(work.call());
              } catch (Throwable e) {
                outcome = Future.failedFuture(e);
              }
              tell(caller, outcome, done);
              return null;
            },
            false);
    // A pool that has been closed says so at once.
    return asked.failed() ? Future.failedFuture(asked.cause()) : done.future();
  }

  private static <T> void tell(Context caller, Future<T> outcome, Promise<T> done) {
    if (caller == null) {
      done.handle(outcome);
    } else {
      caller.runOnContext(here -> done.handle(outcome));
    }
  }
}
