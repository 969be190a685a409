package dev.sluice.plugins.loadbalancing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that must follow each change but need not run once for each: whoever asks first does it, on its own thread, and
 * again if someone asked meanwhile. Nobody waits.
 */
final class Coalesced {

  private final AtomicInteger asked = new AtomicInteger();
  private final Runnable work;

  Coalesced(Runnable work) {
    this.work = work;
  }

  void run() {
    if (asked.getAndIncrement() > 0) {
      return;
    }
    int seen;
    do {
      seen = asked.get();
      work.run();
    } while (!asked.compareAndSet(seen, 0));
  }
}
