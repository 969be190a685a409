package dev.sluice.plugins.prometheus;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bounds how many combinations of labels are kept in memory. Safe for all threads. */
final class Limit {

  private static final Logger log = LoggerFactory.getLogger(Limit.class);

  private final long most;
  private final AtomicLong taken = new AtomicLong();
  private final LongAdder refused = new LongAdder();
  private final AtomicBoolean told = new AtomicBoolean();

  Limit(long most) {
    this.most = most;
  }

  /** Whether there is room for one more. */
  boolean admit() {
    if (taken.incrementAndGet() <= most) {
      return true;
    }
    taken.decrementAndGet();
    refused.increment();
    if (told.compareAndSet(false, true)) {
      log.error("prometheus: there are {} series already, new ones are not counted", most);
    }
    return false;
  }

  /** Whether anything is counted. */
  boolean used() {
    return taken.get() > 0;
  }

  /** How many values were not counted. */
  long refused() {
    return refused.sum();
  }
}
