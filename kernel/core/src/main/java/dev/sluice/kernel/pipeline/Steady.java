package dev.sluice.kernel.pipeline;

/** A clock that never jumps, for what is waited for: that of the machine may be set at any time. */
public final class Steady {

  private Steady() {}

  /** Milliseconds since some moment. */
  public static long millis() {
    return System.nanoTime() / 1_000_000;
  }
}
