package dev.sluice.plugins.prometheus;

import dev.sluice.api.request.EndedRequest;
import dev.sluice.api.request.RequestObserver;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures by how much the ticks of one event loop come late: so long does anything wait that the loop is asked for. The
 * most punctual tick so far says when the others are due, so that one delay does not hide the next.
 */
final class LoopDelay implements RequestObserver {

  private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

  private final Timer delays;
  private final LongSupplier nanos;
  private boolean began;
  private long due;

  /**
   * Measures nothing before the first tick.
   *
   * @param delays of all event loops
   * @param nanos the time, as {@link System#nanoTime()}
   */
  LoopDelay(Timer delays, LongSupplier nanos) {
    this.delays = delays;
    this.nanos = nanos;
  }

  @Override
  public void ended(EndedRequest request) {
    // Only the loop's time matters here.
  }

  @Override
  public void tick() {
    long now = nanos.getAsLong();
    due = began && now - due > EVERY ? due + EVERY : now;
    if (began) {
      delays.record(now - due, TimeUnit.NANOSECONDS);
    }
    began = true;
  }
}
