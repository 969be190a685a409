package dev.sluice.kernel.upstream;

import dev.sluice.api.upstream.HealthSink.Observation;
import java.util.EnumMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is known of one address: its health and the requests under way. Outlives the versions of its upstream. Safe
 * for all threads.
 */
final class AddressState {

  private final AtomicInteger inFlight = new AtomicInteger();
  private final EnumMap<Observation, Integer> failures = new EnumMap<>(Observation.class);
  private int successes;
  private volatile boolean healthy = true;
  // True while a success would change nothing: then the request path takes no lock to report one.
  private volatile boolean clean = true;
  private volatile long backSince;

  boolean healthy() {
    return healthy;
  }

  AtomicInteger inFlight() {
    return inFlight;
  }

  /** When it became healthy again beside others, in milliseconds; 0 when it never did. */
  long backSince() {
    return backSince;
  }

  void backSince(long millis) {
    backSince = millis;
  }

  /** Counts an observation; true when it has flipped the state. */
  boolean report(Observation observation, int limit) {
    if (limit <= 0 || observation == Observation.SUCCESS && clean) {
      return false;
    }
    return observation == Observation.SUCCESS ? success(limit) : failure(observation, limit);
  }

  private synchronized boolean success(int limit) {
    clearFailures();
    if (healthy) {
      clean = true;
      return false;
    }
    if (++successes < limit) {
      return false;
    }
    return set(true);
  }

  private synchronized boolean failure(Observation kind, int limit) {
    if (!healthy && successes == 0) {
      return false;
    }
    successes = 0;
    clean = false;
    if (failures.merge(kind, 1, Integer::sum) < limit || !healthy) {
      return false;
    }
    return set(false);
  }

  /** Sets the state by hand; true when it was another one. */
  synchronized boolean set(boolean nowHealthy) {
    boolean flipped = healthy != nowHealthy;
    healthy = nowHealthy;
    successes = 0;
    clearFailures();
    clean = nowHealthy;
    return flipped;
  }

  private void clearFailures() {
    failures.clear();
  }
}
