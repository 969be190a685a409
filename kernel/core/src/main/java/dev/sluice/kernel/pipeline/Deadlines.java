package dev.sluice.kernel.pipeline;

/**
 * Deadlines of what is under way on one event loop, looked at ten times a second: for the request path, to set one is
 * to write a field.
 */
public final class Deadlines {

  private final Timed head = new Timed() {
        @Override
        protected void expired() {
          throw new IllegalStateException("the head of the list has no deadline");
        }
      };

  Deadlines() {
    head.before = head;
    head.after = head;
  }

  /** Something with a deadline. */
  public abstract static class Timed {
    private Timed before;
    private Timed after;
    private long deadline = Long.MAX_VALUE;
    private long grace;
    private boolean active;

    /** Called when the deadline has passed; it is no longer watched then. */
    protected abstract void expired();

    /** Gives it so much time from a moment on, by {@link System#nanoTime}. */
    public void deadline(long now, long millis) {
      grace = millis * 1_000_000;
      deadline = now + grace;
      active = false;
    }

    /** Says that something has happened: the time begins anew at the next look. */
    public void progress() {
      active = true;
    }

    /** Takes the deadline away for a while. */
    public void suspend() {
      deadline = Long.MAX_VALUE;
      active = false;
    }
  }

  /** Begins to watch. */
  public void watch(Timed timed) {
    if (timed.after == null) {
      timed.before = head.before;
      timed.after = head;
      head.before.after = timed;
      head.before = timed;
    }
  }

  /** Ends to watch. */
  public void forget(Timed timed) {
    if (timed.after != null) {
      timed.before.after = timed.after;
      timed.after.before = timed.before;
      timed.before = null;
      timed.after = null;
    }
  }

  void sweep(long now) {
    Timed next;
    for (Timed timed = head.after; timed != head && timed != null; timed = next) {
      next = timed.after;
      if (timed.deadline == Long.MAX_VALUE) {
        continue;
      }
      if (timed.active) {
        timed.active = false;
        timed.deadline = now + timed.grace;
      } else if (now - timed.deadline >= 0) {
        forget(timed);
        timed.expired();
        // What expired may have changed the list: the rest waits for the next look unless it is still linked.
        if (next != head && next.after == null) {
          return;
        }
      }
    }
  }
}
