package dev.sluice.kernel.pipeline;

import dev.sluice.kernel.snapshot.FilterInstance;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What an event loop is busy with: written by it alone with plain stores, read by whoever watches whether it goes on. What
 * is read may be a moment old, and belong to different moments.
 */
public final class Occupation {

  private static final VarHandle FILTER = handle("filter", FilterInstance.class);
  private static final VarHandle CALLS = handle("calls", long.class);
  private static final VarHandle TURNS = handle("turns", long.class);

  private final Thread thread;
  private FilterInstance filter;
  private long calls;
  private long turns;

  Occupation(Thread thread) {
    this.thread = thread;
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Occupation.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * A filter is called.
   *
   * @return what was, to be given back when it returns: one filter may run within another
   */
  public FilterInstance begin(FilterInstance next) {
    FilterInstance before = filter;
    CALLS.setOpaque(this, calls + 1);
    FILTER.setOpaque(this, next);
    return before;
  }

  /** The filter has returned. */
  public void end(FilterInstance before) {
    FILTER.setOpaque(this, before);
  }

  /** The event loop has come round once more. */
  void turned() {
    TURNS.setOpaque(this, turns + 1);
  }

  /** The thread of the event loop. */
  public Thread thread() {
    return thread;
  }

  /** The filter that runs; null when none does. */
  public FilterInstance filter() {
    return (FilterInstance) FILTER.getOpaque(this);
  }

  /** How many filters have been called. */
  public long calls() {
    return (long) CALLS.getOpaque(this);
  }

  /** Goes up ten times a second while the event loop goes on. */
  public long turns() {
    return (long) TURNS.getOpaque(this);
  }
}
