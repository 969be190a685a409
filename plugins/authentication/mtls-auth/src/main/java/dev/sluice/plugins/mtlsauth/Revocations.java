package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.plugins.mtlsauth.ChainCheck.Revoked;
import dev.sluice.plugins.mtlsauth.ChainCheck.Way;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Asks who knows of revocations, a few at a time and once for all who want to know of the same way. Whoever comes while all
 * are busy waits: to be told at once that nobody knows would let revoked certificates in, for who brings many. Safe for all
 * threads.
 */
final class Revocations {

  /** Questions that may wait for a network at the same time: the pool is not this filter's alone. */
  private static final int MOST_ASKING = 4;

  private static final int MOST_WAITING = 1024;

  private final PluginContext context;
  private final Duration timeout;
  private final Map<Way, Future<Revoked>> underWay = new ConcurrentHashMap<>();
  private final Queue<Question> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Semaphore free = new Semaphore(MOST_ASKING);

  private record Question(Way way, Promise<Revoked> answer) {}

  /**
   * Asks nobody yet.
   *
   * @param timeout after which nobody knows; the JDK may wait for longer
   */
  Revocations(PluginContext context, Duration timeout) {
    this.context = context;
    this.timeout = timeout;
  }

  /** What is known. Never fails; arrives on any thread. */
  Future<Revoked> ask(Way way) {
    Promise<Revoked> mine = Promise.promise();
    Future<Revoked> first = underWay.putIfAbsent(way, mine.future());
    if (first != null) {
      return first;
    }
    Registration late = context.after(timeout, () -> mine.tryComplete(Revoked.UNKNOWN));
    mine.future().onComplete(done -> {
      underWay.remove(way);
      late.close();
    });
    if (waiting.offer(new Question(way, mine))) {
      next();
    } else {
      mine.tryComplete(Revoked.UNKNOWN);
    }
    return mine.future();
  }

  /** Puts the next questions. The queue is looked at again after each place that was given back: one may have come meanwhile. */
  private void next() {
    while (!waiting.isEmpty() && free.tryAcquire()) {
      Question question = waiting.poll();
      if (question == null || question.answer().future().isComplete()) {
        free.release();
      } else {
        put(question);
      }
    }
  }

  private void put(Question question) {
    context
        .blocking(() -> ChainCheck.revoked(question.way(), context.clock().instant()))
        .onComplete(done -> {
          free.release();
          question.answer().tryComplete(done.succeeded() ? done.result() : Revoked.UNKNOWN);
          next();
        });
  }
}
