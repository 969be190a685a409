package dev.sluice.api.deployment;

/** A copy of a request was not answered. */
public class CopyFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why it was not. */
  public enum Reason {
    /** There is no such upstream, or none of its targets can take a request. */
    NO_TARGET,
    /** The target could not be reached. */
    UNREACHABLE,
    /** The target took too long. */
    TIMEOUT,
    /** The connection broke, or carried no valid answer. */
    BROKEN
  }

  /** Makes one without a stack trace. */
  public CopyFailedException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
