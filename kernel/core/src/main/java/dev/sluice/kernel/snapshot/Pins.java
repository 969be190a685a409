package dev.sluice.kernel.snapshot;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Counts, on one event loop, the requests that hold each snapshot. Touched by its event loop alone, so that it needs
 * neither lock nor atomic.
 */
public final class Pins {

  private final Snapshots snapshots;
  private final List<Pin> old = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private Pin current;

  /** A snapshot that requests of one event loop hold. */
  public static final class Pin {
    private final GatewaySnapshot snapshot;
    private int count;

    Pin(GatewaySnapshot snapshot) {
      this.snapshot = snapshot;
    }

    /** The snapshot. */
    public GatewaySnapshot snapshot() {
      return snapshot;
    }
  }

  private record Waiter(long version, Promise<Void> done) {}

  /** Counts for one event loop. */
  public Pins(Snapshots snapshots) {
    this.snapshots = snapshots;
    this.current = new Pin(snapshots.current());
  }

  /** Holds the snapshot that serves now. */
  public Pin pin() {
    roll();
    current.count++;
    return current;
  }

  /** Holds a snapshot once more that is held already. */
  public Pin again(Pin pin) {
    pin.count++;
    return pin;
  }

  private void roll() {
    GatewaySnapshot now = snapshots.current();
    if (current.snapshot != now) {
      if (current.count > 0) {
        old.add(current);
      }
      current = new Pin(now);
    }
  }

  /** Lets go of a snapshot. */
  public void unpin(Pin pin) {
    if (--pin.count == 0 && pin != current) {
      old.remove(pin);
      notifyWaiters();
    }
  }

  /** Completes once no request of this event loop holds a snapshot up to a version. */
  public void whenDrained(long version, Promise<Void> done) {
    roll();
    waiters.add(new Waiter(version, done));
    notifyWaiters();
  }

  private void notifyWaiters() {
    for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
      Waiter waiter = each.next();
      boolean held = old.stream().anyMatch(pin -> pin.snapshot.version() <= waiter.version());
      if (!held) {
        each.remove();
        waiter.done().complete();
      }
    }
  }
}
