package dev.sluice.plugins.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Counts what is under way, so that a close can wait for it. Safe for all threads. */
final class InFlight {

  private final Promise<Void> idle = Promise.promise();
  private long count;
  private boolean draining;

  /** Something begins; false when nothing may begin any more. */
  synchronized boolean enter() {
    if (!draining) {
      count++;
    }
    return !draining;
  }

  /** Something that began has ended. */
  void exit() {
    boolean last;
    synchronized (this) {
      count--;
      last = draining && count == 0;
    }
    if (last) {
      idle.tryComplete();
    }
  }

  /** From now on nothing begins; succeeds when all has ended. */
  Future<Void> drain() {
    boolean none;
    synchronized (this) {
      draining = true;
      none = count == 0;
    }
    if (none) {
      idle.tryComplete();
    }
    return idle.future();
  }
}
