package dev.sluice.plugins.logging;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The queues of one generation of a plugin: lends them a place to work at, beside the event loops of the requests, and
 * empties them when the generation ends. Safe for all threads.
 */
public final class Queues {

  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final PluginContext lent;
  private final Set<BatchQueue<?>> busy = ConcurrentHashMap.newKeySet();
  private volatile Context place;
  private volatile Promise<Void> finished;

  /** Those of a plugin that has been lent this. */
  public Queues(PluginContext lent) {
    this.lent = lent;
  }

  /** Runs a task at the place of the queues. */
  void run(Runnable task) {
    Context known = place;
    if (known != null) {
      known.runOnContext(here -> task.run());
    } else {
      lent.after(
          AT_ONCE,
          () -> {
            place = Vertx.currentContext();
            task.run();
          });
    }
  }

  /** Runs a task at the place of the queues in a moment. */
  void soon(Runnable task) {
    lent.after(AT_ONCE, task);
  }

  Registration after(Duration delay, Runnable task) {
    return lent.after(delay, task);
  }

  long millis() {
    return System.nanoTime() / 1_000_000;
  }

  void opened(BatchQueue<?> queue) {
    busy.add(queue);
  }

  void closed(BatchQueue<?> queue) {
    busy.remove(queue);
    Promise<Void> waiting = finished;
    if (waiting != null && busy.isEmpty()) {
      waiting.tryComplete();
    }
  }

  /** Whether the generation ends: nothing waits for company any more. */
  boolean finishing() {
    return finished != null;
  }

  /** Sends what waits, as far as that succeeds within a few seconds. */
  public Future<Void> finish() {
    Promise<Void> done = Promise.promise();
    finished = done;
    if (busy.isEmpty()) {
      return Future.succeededFuture();
    }
    lent.after(
        PATIENCE,
        () -> {
          List.copyOf(busy).forEach(BatchQueue::abandon);
          done.tryComplete();
        });
    run(() -> List.copyOf(busy).forEach(BatchQueue::hurry));
    return done.future();
  }
}
