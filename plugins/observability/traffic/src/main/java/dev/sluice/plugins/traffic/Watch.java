package dev.sluice.plugins.traffic;

import dev.sluice.api.request.EndedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The last requests that somebody watches. All event loops put some in, and never wait for one another: each request has a
 * number, which says where it lies, until a later one takes its place.
 */
final class Watch {

  /** How many requests it remembers. */
  static final int ROOM = 1024;

  private final long id;
  private final Wanted wanted;
  private final AtomicLong numbers = new AtomicLong();
  private final LongAdder skipped = new LongAdder();
  private final AtomicReferenceArray<SeenRequest> ring = new AtomicReferenceArray<>(ROOM);
  private volatile long asked;

  Watch(long id, Wanted wanted, long now) {
    this.id = id;
    this.wanted = wanted;
    this.asked = now;
  }

  /** What tells it from those before. */
  long id() {
    return id;
  }

  Wanted wanted() {
    return wanted;
  }

  /** Somebody looks. */
  void asked(long now) {
    asked = now;
  }

  boolean askedSince(long moment) {
    return asked >= moment;
  }

  /** How many requests were too many to be shown. */
  long skipped() {
    return skipped.sum();
  }

  void skip() {
    skipped.increment();
  }

  void put(EndedRequest request) {
    long number = numbers.incrementAndGet();
    ring.setRelease((int) (number % ROOM), SeenRequest.of(number, request));
  }

  /** The number of the request that came last. */
  long last() {
    return numbers.get();
  }

  /**
   * The requests behind a number, at most so many, up to the first one that is still being put in.
   *
   * @return fewer than there were, when some have lost their places
   */
  List<SeenRequest> after(long number, int most) {
    List<SeenRequest> found = new ArrayList<>();
    long last = last();
    for (long each = Math.max(number, last - ROOM) + 1; each <= last && found.size() < most; each++) {
      SeenRequest seen = ring.getAcquire((int) (each % ROOM));
      if (seen == null || seen.number() < each) {
        break;
      }
      if (seen.number() == each) {
        found.add(seen);
      }
    }
    return found;
  }
}
