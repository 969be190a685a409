package dev.sluice.plugins.traffic;

/** What one event loop has counted at one place in the present second. Touched by that event loop alone. */
final class Cell {

  /** Slots before those of the durations: one for each class of statuses, the first one for requests without a status. */
  static final int CLASSES = 6;

  /** All slots. */
  static final int SLOTS = CLASSES + Scale.SLOTS;

  private static final int SWITCHED = 101;
  private static final int[] NONE = {};

  private final Place place;
  private Cell next;
  private int[] slots = NONE;
  private int low;
  private int high;
  private long received;
  private long sent;
  private long tookNanos;
  private long gatewayNanos;
  private long lastSecond;

  Cell(Place place) {
    this.place = place;
  }

  Place place() {
    return place;
  }

  /** Another one of the same route; null when there is none. */
  Cell next() {
    return next;
  }

  void next(Cell other) {
    next = other;
  }

  /** Whether nothing was counted since it was last drained. */
  boolean empty() {
    return slots == NONE;
  }

  /** Has it count, in slots that are all 0. */
  void begin(int[] clean) {
    slots = clean;
    low = SLOTS;
    high = CLASSES;
  }

  void count(int status, long took, long upstream, long bytesIn, long bytesOut) {
    slots[status >= 100 && status < 600 ? status / 100 : 0]++;
    received += bytesIn;
    sent += bytesOut;
    if (status == SWITCHED) {
      // It lasts for as long as its two sides have something to say.
      return;
    }
    int slot = CLASSES + Scale.slot(took);
    slots[slot]++;
    low = Math.min(low, slot);
    high = Math.max(high, slot);
    tookNanos += took;
    gatewayNanos += upstream < 0 ? took : took - upstream;
  }

  /** Hands over what was counted, and counts nothing until it begins anew. */
  int[] drain(Window.Writer to, long second) {
    to.add(place, slots, low, high, new long[] {received, sent, tookNanos, gatewayNanos});
    int[] used = slots;
    for (int slot = 0; slot < CLASSES; slot++) {
      used[slot] = 0;
    }
    for (int slot = low; slot <= high && slot < SLOTS; slot++) {
      used[slot] = 0;
    }
    slots = NONE;
    received = 0;
    sent = 0;
    tookNanos = 0;
    gatewayNanos = 0;
    lastSecond = second;
    return used;
  }

  /** Whether it has counted since a moment. */
  boolean busySince(long second) {
    return slots != NONE || lastSecond >= second;
  }
}
