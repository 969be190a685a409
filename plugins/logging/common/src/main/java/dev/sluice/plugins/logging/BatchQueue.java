package dev.sluice.plugins.logging;

import dev.sluice.api.Registration;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries on their way to somewhere else: collected into batches, sent one batch after the other, and sent again when
 * that fails. What waits is bounded; beyond the bounds the oldest entries are dropped, and the log says so.
 *
 * <p>{@link #add} may be called from any thread and neither blocks nor locks. All else happens at one place. A queue
 * that nothing was added to costs nothing.
 *
 * @param <T> the type of the entries
 */
public final class BatchQueue<T> {

  private static final Logger log = LoggerFactory.getLogger(BatchQueue.class);
  private static final Registration NO_TIMER = () -> {};
  private static final int MOST_DOUBLINGS = 40;

  /** So many entries come in no millisecond. */
  private static final int ROOMY = 1000;

  private enum State {
    /** Nothing waits. */
    IDLE,
    /** A batch is under way, or about to be. */
    SENDING,
    /** The first entry of a batch waits for others. */
    COLLECTING
  }

  private final String name;
  private final QueueSettings settings;
  private final Sender<T> sender;
  private final Queues home;
  private final Waiting<T> waiting;
  private final AtomicInteger alone = new AtomicInteger();
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean abandoned;
  private Registration timer = NO_TIMER;
  private Runnable later = () -> {};

  /**
   * Sends batches.
   *
   * @param <T> the type of the entries
   */
  @FunctionalInterface
  public interface Sender<T> {
    /**
     * Sends a batch. Called at the place of the queues; must not block.
     *
     * @param batch at least one entry
     * @return fails when the batch should be sent again
     */
    Future<Void> send(List<T> batch);
  }

  /**
   * Makes a queue.
   *
   * @param name for people who read the log
   * @param home the queues of the plugin
   * @param size the length of an entry in bytes
   */
  public BatchQueue(String name, QueueSettings settings, Queues home, ToIntFunction<T> size, Sender<T> sender) {
    this.name = name;
    this.settings = settings;
    this.sender = sender;
    this.home = home;
    this.waiting = new Waiting<>(name, settings, size);
  }

  /** Adds an entry. */
  public void add(T entry) {
    if (settings.unlimited()) {
      addAlone(entry);
    } else if (waiting.add(entry)) {
      if (state.get() == State.IDLE && state.compareAndSet(State.IDLE, State.SENDING)) {
        home.opened(this);
        begin();
      } else if (waiting.count() >= settings.maxBatchSize() && state.compareAndSet(State.COLLECTING, State.SENDING)) {
        home.run(this::collected);
      }
    }
  }

  /** Entries of the next millisecond share the way to the place: to wake its thread costs more than to send. */
  private void begin() {
    if (settings.maxEntries() >= ROOMY) {
      home.soon(this::next);
    } else {
      home.run(this::next);
    }
  }

  private void addAlone(T entry) {
    if (alone.incrementAndGet() > settings.maxEntries()) {
      alone.decrementAndGet();
      waiting.dropped();
      return;
    }
    home.opened(this);
    home.run(() -> new Delivery(List.of(entry), this::aloneDone).attempt());
  }

  private void aloneDone() {
    if (alone.decrementAndGet() == 0) {
      closed();
    }
  }

  private void next() {
    if (waiting.count() == 0) {
      idle();
    } else if (waiting.count() >= settings.maxBatchSize() || settings.maxCoalescingDelay().isZero() || home.finishing()) {
      deliver();
    } else {
      state.set(State.COLLECTING);
      after(
          settings.maxCoalescingDelay(),
          () -> {
            if (state.compareAndSet(State.COLLECTING, State.SENDING)) {
              deliver();
            }
          });
      if (waiting.count() >= settings.maxBatchSize() && state.compareAndSet(State.COLLECTING, State.SENDING)) {
        collected();
      }
    }
  }

  private void collected() {
    timer.close();
    deliver();
  }

  private void idle() {
    state.set(State.IDLE);
    if (waiting.count() > 0) {
      if (state.compareAndSet(State.IDLE, State.SENDING)) {
        next();
      }
    } else {
      closed();
    }
  }

  /** Somebody may add an entry just now. */
  private void closed() {
    home.closed(this);
    if (alone.get() > 0 || state.get() != State.IDLE) {
      home.opened(this);
    }
  }

  private void deliver() {
    List<T> batch = waiting.take(settings.maxBatchSize());
    if (batch.isEmpty()) {
      idle();
    } else {
      new Delivery(batch, this::next).attempt();
    }
  }

  private void after(Duration delay, Runnable task) {
    later = task;
    timer = home.after(delay, task);
  }

  /** Waits for nothing any more; at the place of the queues. */
  void hurry() {
    timer.close();
    if (state.compareAndSet(State.COLLECTING, State.SENDING)) {
      deliver();
    } else {
      later.run();
    }
  }

  /** Gives up what is left. */
  void abandon() {
    abandoned = true;
    int lost = waiting.count() + underWay.get();
    if (lost > 0) {
      log.error("queue {}: the plugin is being retired, {} queue entries were lost", name, lost);
    }
  }

  /** A batch on its way. */
  private final class Delivery {
    private final List<T> batch;
    private final Runnable done;
    private final long begun = home.millis();
    private int retries;

    Delivery(List<T> batch, Runnable done) {
      this.batch = batch;
      this.done = done;
      underWay.addAndGet(batch.size());
    }

    private void end() {
      underWay.addAndGet(-batch.size());
      done.run();
    }

    void attempt() {
      later = () -> {};
      Future<Void> outcome;
      try {
        outcome = sender.send(batch);
      } catch (RuntimeException | LinkageError e) {
        outcome = Future.failedFuture(e);
      }
      // Never at once: what can be sent without waiting must not pile up on the stack.
      outcome.onComplete(sent -> home.run(() -> ended(sent.succeeded() ? null : sent.cause())));
    }

    private void ended(Throwable failure) {
      if (abandoned) {
        return;
      }
      if (failure == null) {
        waiting.resumed();
        end();
      } else if (home.millis() - begun > settings.maxRetryTime().toMillis()
          || settings.maxRetryTime().isZero()) {
        log.error(
            "queue {}: could not send entries, giving up after {} retries. {} queue entries were lost: {}",
            name, retries, batch.size(), failure.getMessage());
        end();
      } else {
        log.warn("queue {}: handler could not process entries: {}", name, failure.getMessage());
        pause();
      }
    }

    private void pause() {
      double factor = Math.scalb(1.0, Math.min(retries++, MOST_DOUBLINGS));
      double delay = Math.min(settings.initialRetryDelay().toMillis() * factor, (double) settings.maxRetryDelay().toMillis());
      Duration pause = Duration.ofMillis((long) Math.max(1, delay));
      if (settings.unlimited()) {
        home.after(pause, this::attempt);
      } else {
        BatchQueue.this.after(pause, this::attempt);
      }
    }
  }
}
