package dev.sluice.kernel.config;

import java.util.concurrent.Callable;

/**
 * Threads that step back where processors are short: no request waits for what they do. Whether the machine heeds it is
 * up to the options that the JVM was started with; {@code bin/sluice} gives them.
 */
public final class Background {

  private Background() {}

  /** Has the current thread step back from now on. An ordinary user's threads cannot come forward again. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing is right or wrong by it, only sooner or later.
  public static void enter() {
    Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
  }

  /** Whether the current thread has stepped back. */
  public static boolean entered() {
    return Thread.currentThread().getPriority() == Thread.MIN_PRIORITY;
  }

  /**
   * Lets others pass between two pieces of work: a scheduler hardly takes a processor away from who has just got it, and gives
   * an event loop that has something to do no more than its turn.
   */
  @SuppressWarnings("ThreadPriorityCheck")
  public static void pause() {
    Thread.yield();
  }

  /** Work before which its thread steps back. */
  public static <T> Callable<T> steppingBack(Callable<T> work) {
    return () -> {
      if (!entered()) {
        enter();
      }
      return work.call();
    };
  }
}
