package dev.sluice.api.request;

/**
 * Is told of all requests that end on one event loop, for whoever counts or watches them. Called by that event loop alone;
 * must not block, nor take long: the next requests wait for it. One that throws is not called again.
 */
public interface RequestObserver {

  /** A request has ended, and its client has been sent all of the answer that it will get. */
  void ended(EndedRequest request);

  /** Called about ten times a second, also when nothing ends: the time to hand over what was counted. */
  default void tick() {}
}
