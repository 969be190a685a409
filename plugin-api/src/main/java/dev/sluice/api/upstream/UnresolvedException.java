package dev.sluice.api.upstream;

import java.time.Duration;

/** A name does not resolve. The message is shown where the health of a target is. */
public final class UnresolvedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean absent;
  private final Duration ttl;

  /**
   * Says that a name does not resolve.
   *
   * @param absent whether that is known, so that older answers hold no more; otherwise nobody could say
   * @param ttl after which to ask again
   */
  public UnresolvedException(String message, boolean absent, Duration ttl) {
    super(message, null, false, false);
    this.absent = absent;
    this.ttl = ttl;
  }

  /** Whether it is known that there is no such name, or no address to it. */
  public boolean absent() {
    return absent;
  }

  /** After which to ask again. */
  public Duration ttl() {
    return ttl;
  }
}
