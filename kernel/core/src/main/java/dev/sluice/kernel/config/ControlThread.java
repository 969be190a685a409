package dev.sluice.kernel.config;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one thread on which the configuration and the jars change. Besides running tasks it runs operations: each begins
 * only when the one before, with all it waited for, has ended.
 */
public final class ControlThread implements Executor {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread control = new Thread(task, "sluice-control");
            control.setDaemon(true);
            return control;
          });
  private Future<?> last = Future.succeededFuture();

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException stopped) {
      // The node is stopping: nothing changes any more.
    }
  }

  /** Runs an operation after all that were asked for before. */
  public synchronized <T> Future<T> serial(Supplier<Future<T>> operation) {
    Promise<T> done = Promise.promise();
    Future<?> before = last;
    last = done.future();
    before.onComplete(ended -> execute(() -> begin(operation, done)));
    return done.future();
  }

  private static <T> void begin(Supplier<Future<T>> operation, Promise<T> done) {
    try {
      operation.get().onComplete(done);
    } catch (RuntimeException | LinkageError e) {
      done.fail(e);
    }
  }

  /** Brings the steps of an operation back to this thread. */
  public <T> Future<T> here(Future<T> elsewhere) {
    Promise<T> done = Promise.promise();
    elsewhere.onComplete(outcome -> execute(() -> done.handle(outcome)));
    return done.future();
  }

  /** Stops; waits a little for the task that runs. */
  public void close() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(5, TimeUnit.SECONDS);
  }
}
