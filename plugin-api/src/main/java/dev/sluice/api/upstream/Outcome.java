package dev.sluice.api.upstream;

/**
 * How one attempt at a target ended. Reported only for what the target did: an answer that the gateway or a plugin
 * made is none of it.
 *
 * @param kind what happened
 * @param status the status of the answer; 502 for an error, 504 for a timeout
 * @param retried whether another attempt follows, or would if the upstream's budget of retries were not spent
 * @param millis from the attempt's begin to the head of the answer, or to the failure
 */
public record Outcome(Kind kind, int status, boolean retried, long millis) {

  /** What happened. */
  public enum Kind {
    /** The head of an answer arrived. */
    ANSWER,
    /** The connection was refused, broke, or carried no valid answer. */
    ERROR,
    /** A deadline passed. */
    TIMEOUT
  }
}
