package dev.sluice.conformance;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens elsewhere: for a condition, never for a while. */
final class Await {

  /** For machines that have much else to do. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long LOOK_NANOS = 5_000_000;

  private Await() {}

  static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no result within " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition);
  }

  /** Waits; what is missing is told by the state when patience has ended. */
  static void until(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Waits, and gives back how many nanoseconds that took. */
  static long timed(String what, BooleanSupplier condition) {
    long begun = System.nanoTime();
    until(what, condition);
    return System.nanoTime() - begun;
  }
}
