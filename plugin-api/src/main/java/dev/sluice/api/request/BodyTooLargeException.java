package dev.sluice.api.request;

/** A filter asked for a whole body that is longer than its limit. */
public class BodyTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param limit in bytes
   */
  public BodyTooLargeException(long limit) {
    super("the body is longer than " + limit + " bytes", null, false, false);
  }
}
