package dev.sluice.kernel.snapshot;

import java.util.concurrent.atomic.AtomicReference;

/** The snapshot that serves now: one reference that every event loop reads. */
public final class Snapshots {

  private final AtomicReference<GatewaySnapshot> current;

  /** Begins with a snapshot. */
  public Snapshots(GatewaySnapshot first) {
    this.current = new AtomicReference<>(first);
  }

  /** The snapshot for a request that begins now. */
  public GatewaySnapshot current() {
    return current.get();
  }

  /** Makes a snapshot the one that serves; on the control thread. */
  public void publish(GatewaySnapshot next) {
    next.lead(current.get());
    current.set(next);
  }
}
