package dev.sluice.kernel.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counters of one event loop: written by it alone with plain adds, read by anyone. */
public final class LoopCounters {

  private static final VarHandle ACCEPTED = handle("accepted");
  private static final VarHandle ACTIVE = handle("active");
  private static final VarHandle REQUESTS = handle("requests");
  private static final VarHandle IN_FLIGHT = handle("inFlight");

  private long accepted;
  private long active;
  private long requests;
  private long inFlight;

  private static VarHandle handle(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(LoopCounters.class, field, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  void connected() {
    ACCEPTED.setOpaque(this, accepted + 1);
    ACTIVE.setOpaque(this, active + 1);
  }

  void disconnected() {
    ACTIVE.setOpaque(this, active - 1);
  }

  void requestBegan() {
    REQUESTS.setOpaque(this, requests + 1);
    IN_FLIGHT.setOpaque(this, inFlight + 1);
  }

  void requestEnded() {
    IN_FLIGHT.setOpaque(this, inFlight - 1);
  }

  /** Connections accepted since the start. */
  public long accepted() {
    return (long) ACCEPTED.getOpaque(this);
  }

  /** Connections open now. */
  public long active() {
    return (long) ACTIVE.getOpaque(this);
  }

  /** Requests begun since the start. */
  public long requests() {
    return (long) REQUESTS.getOpaque(this);
  }

  /** Requests begun and not ended. */
  public long inFlight() {
    return (long) IN_FLIGHT.getOpaque(this);
  }
}
