package dev.sluice.api.request;

/**
 * Is told of all requests that end on one event loop, for whoever counts or watches them. Called by that event loop alone;
 * must not block, nor take long: the next requests wait for it. One that throws is not called again.
 */
public interface RequestObserver {

  /** Milliseconds from one {@link #tick} to the next. */
  int TICK_MILLIS = 100;

  /** A request has ended, and its client has been sent all of the answer that it will get. */
  void ended(EndedRequest request);

  /**
   * Called ten times a second, also when nothing ends: the time to hand over what was counted. Calls are due at fixed
   * times. Those that an event loop was too busy for follow at once, so that it can be told how late it is.
   */
  default void tick() {}
}
