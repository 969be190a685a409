package dev.sluice.api.upstream;

import dev.sluice.api.request.RequestContext;

/** One attempt to find an address. */
public interface PickContext {

  /**
   * The request.
   *
   * @throws IllegalStateException when there is none, since a connection is passed on as it is
   */
  RequestContext request();

  /** Whether a connection is passed on as it is, so that there is no request. */
  default boolean stream() {
    return false;
  }

  /** The address of the client. */
  default String clientAddress() {
    return request().request().clientAddress();
  }

  /** Which attempt this is, from 1. */
  int attempt();

  /** Whether an earlier attempt of this request failed at that address. */
  boolean failedAt(TargetState target);
}
