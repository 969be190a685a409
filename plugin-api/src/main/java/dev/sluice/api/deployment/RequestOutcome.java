package dev.sluice.api.deployment;

/**
 * What became of a request.
 *
 * @param end how it ended
 * @param status that of the upstream's answer, or the one that the gateway gave in its place
 * @param failedAttempts targets that failed it, also when another one answered in the end
 * @param latencyNanos from the choice of the group to the head of the answer, or to the failure
 */
public record RequestOutcome(End end, int status, int failedAttempts, long latencyNanos) {

  private static final int SERVER_ERROR = 500;

  /** How requests end. */
  public enum End {
    /** The upstream's answer has passed, to its end. */
    ANSWERED,
    /** No target answered. */
    FAILED,
    /** The upstream's answer broke off. */
    BROKEN,
    /** The client went away before the end, which says nothing of the group. */
    ABANDONED
  }

  /** Whether it is to be blamed on the group: no answer, a broken one, or one with a status of 500 or more. */
  public boolean error() {
    return switch (end) {
      case ANSWERED -> status >= SERVER_ERROR;
      case FAILED, BROKEN -> true;
      case ABANDONED -> false;
    };
  }
}
