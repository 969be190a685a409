package dev.sluice.api.request;

import java.util.OptionalInt;

/**
 * One attempt to have a target answer.
 *
 * @param startedNanos when the choice of the target began, in nanoseconds since the head of the request was read
 * @param pickNanos how long the choice took
 * @param host the target as it is configured: a name or an address
 * @param address the IP address
 * @param port the port
 * @param failure the status that stands for the failure; empty when the attempt has not failed
 */
public record Attempt(
    long startedNanos, long pickNanos, String host, String address, int port, OptionalInt failure) {

  /** This attempt, failed. */
  public Attempt failed(int status) {
    return new Attempt(startedNanos, pickNanos, host, address, port, OptionalInt.of(status));
  }
}
