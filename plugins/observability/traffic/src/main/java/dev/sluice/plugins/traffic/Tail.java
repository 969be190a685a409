package dev.sluice.plugins.traffic;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.request.EndedRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Who watches requests as they come. While nobody does, nothing is kept. */
final class Tail {

  private static final Watch[] NOBODY = {};
  private static final int MOST_WATCHES = 16;
  private static final long MOST_ID = 1L << 50;
  private static final int MOST_IN_A_TURN = 50;
  private static final long PATIENCE_MILLIS = 20_000;

  private final Clock clock;
  private volatile Watch[] watches = NOBODY;

  Tail(Clock clock) {
    this.clock = clock;
  }

  /** Bounds what one event loop shows: nobody reads more. */
  static final class Meter {
    private int left = MOST_IN_A_TURN;

    /** A tenth of a second has passed. */
    void turn() {
      left = MOST_IN_A_TURN;
    }
  }

  /** Shows a request to those who watch. */
  void show(EndedRequest request, Meter meter) {
    Watch[] now = watches;
    for (Watch each : now) {
      if (each.wanted().request(request)) {
        if (meter.left > 0) {
          meter.left--;
          each.put(request);
        } else {
          each.skip();
        }
      }
    }
  }

  /**
   * Somebody watches, now and for a while.
   *
   * @throws ApiError 429 when too many do
   */
  synchronized Watch watch(Wanted wanted) {
    for (Watch each : watches) {
      if (each.wanted().equals(wanted)) {
        each.asked(clock.millis());
        return each;
      }
    }
    if (watches.length >= MOST_WATCHES) {
      throw ApiError.of(429, MOST_WATCHES + " tails are watched already");
    }
    Watch made = new Watch(ThreadLocalRandom.current().nextLong(1, MOST_ID), wanted, clock.millis());
    Watch[] more = Arrays.copyOf(watches, watches.length + 1);
    more[watches.length] = made;
    watches = more;
    return made;
  }

  /** Lets go of what nobody has looked at for a while. */
  synchronized void forget() {
    long since = clock.millis() - PATIENCE_MILLIS;
    watches = Arrays.stream(watches).filter(each -> each.askedSince(since)).toArray(Watch[]::new);
  }
}
