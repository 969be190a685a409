package dev.sluice.kernel.proxy;

import io.vertx.core.Future;

/** The ways to one address on one event loop. */
interface LinkPool {

  /** One that can be had at once, or null. */
  UpstreamLink poll();

  /**
   * Opens one.
   *
   * @param patienceMillis how long who asks will wait
   */
  Future<UpstreamLink> connect(int patienceMillis);

  /** Closes what has been idle for too long; {@code now} in milliseconds. */
  void evict(long now);

  /** Whether nothing is open any more. */
  boolean unused();
}
