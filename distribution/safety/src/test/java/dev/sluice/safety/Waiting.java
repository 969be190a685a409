package dev.sluice.safety;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come within some time, and says whether it did. */
final class Waiting {

  private Waiting() {}

  static boolean within(long millis, BooleanSupplier condition) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(2_000_000);
    }
    return condition.getAsBoolean();
  }
}
