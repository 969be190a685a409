package dev.sluice.api.upstream;

/**
 * Takes what health checkers see and keeps the score, as Kong does: any success clears the failures and any failure
 * clears the successes, but failures of different kinds are counted apart.
 */
@FunctionalInterface
public interface HealthSink {

  /**
   * Reports one observation. Safe for all threads; cheap when it changes nothing.
   *
   * @param limit how many such observations flip the state; 0 means that this kind does not count
   */
  void report(TargetState target, Observation observation, int limit);

  /** What was seen. */
  enum Observation {
    /** A good answer, or a connection for a TCP check. */
    SUCCESS,
    /** A bad answer. */
    HTTP_FAILURE,
    /** No connection, or one that broke. */
    TCP_FAILURE,
    /** Nothing in time. */
    TIMEOUT
  }
}
