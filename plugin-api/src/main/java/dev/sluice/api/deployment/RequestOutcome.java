package dev.sluice.api.deployment;

import java.time.Duration;

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
    /**
     * The client had sent all of its request and went away before the head of an answer came. Whether it was impatient or
     * the group hangs, {@link #latencyNanos} may tell.
     */
    GIVEN_UP,
    /** The client went away otherwise, or was sent away for what it sent: this says nothing of the group. */
    ABANDONED
  }

  /** Whether it is to be blamed on the group: no answer, a broken one, or one with a status of 500 or more. */
  public boolean error() {
    return switch (end) {
      case ANSWERED -> status >= SERVER_ERROR;
      case FAILED, BROKEN -> true;
      case GIVEN_UP, ABANDONED -> false;
    };
  }

  /** Whether the client has waited in vain for at least so long. */
  public boolean givenUpAfter(Duration wait) {
    return end == End.GIVEN_UP && latencyNanos >= wait.toNanos();
  }
}
