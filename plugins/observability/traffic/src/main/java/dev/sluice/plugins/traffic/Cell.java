package dev.sluice.plugins.traffic;

import dev.sluice.api.entity.Upstream;
import dev.sluice.api.routing.RouteDefinition;

/** What one event loop has counted at one place in the present second. Touched by that event loop alone. */
final class Cell {

  /** Slots before those of the durations: one for each class of statuses, the first one for requests without a status. */
  static final int CLASSES = 6;

  /** All slots. */
  static final int SLOTS = CLASSES + Scale.SLOTS;

  private static final int SWITCHED = 101;
  private static final int[] NONE = {};

  /**
   * How many requests of a second are noted one by one before slots are taken. These weigh a kilobyte, and ten thousand places
   * with a few requests each would drive all else from the caches.
   */
  private static final int MOST_NOTES = 8;

  private static final int NOTES_OF_LONG = 4;
  private static final int BITS_OF_NOTE = 16;
  private static final int BITS_OF_SLOT = 8;

  private final Place place;
  private RouteDefinition definition;
  private Upstream upstream;
  private Cell next;
  private int[] slots = NONE;
  private long notes;
  private long laterNotes;
  private int noted;
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

  /** Whether a request to an upstream by a route is known to belong here: they are the very ones that were noted last. */
  @SuppressWarnings("ReferenceEquality")
  boolean noted(RouteDefinition its, Upstream asked) {
    return definition == its && upstream == asked;
  }

  /** Notes of what a request that belongs here had to do with; the upstream may be null. */
  void note(RouteDefinition its, Upstream asked) {
    definition = its;
    upstream = asked;
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
    return noted == 0;
  }

  /** Whether it needs slots for one more request. */
  boolean full() {
    return noted == MOST_NOTES && slots == NONE;
  }

  /** Has it count from now on in slots, which are all 0. */
  void begin(int[] clean) {
    slots = clean;
    low = SLOTS;
    high = CLASSES;
    for (int i = 0; i < noted; i++) {
      int note = (int) ((i < NOTES_OF_LONG ? notes : laterNotes) >>> i % NOTES_OF_LONG * BITS_OF_NOTE);
      add(note >>> BITS_OF_SLOT & 0xff, note & 0xff);
    }
  }

  /** Counts a request: the slot of its status, and that of its duration, if it has one. */
  private void add(int itsClass, int slot) {
    slots[itsClass]++;
    if (slot > 0) {
      slots[slot]++;
      low = Math.min(low, slot);
      high = Math.max(high, slot);
    }
  }

  void count(int status, long took, long upstream, long bytesIn, long bytesOut) {
    // A switched connection lasts for as long as its two sides have something to say.
    int slot = status == SWITCHED ? 0 : CLASSES + Scale.slot(took);
    int itsClass = status >= 100 && status < 600 ? status / 100 : 0;
    if (slots == NONE) {
      long note = (long) (itsClass << BITS_OF_SLOT | slot) << noted % NOTES_OF_LONG * BITS_OF_NOTE;
      if (noted++ < NOTES_OF_LONG) {
        notes |= note;
      } else {
        laterNotes |= note;
      }
    } else {
      add(itsClass, slot);
    }
    received += bytesIn;
    sent += bytesOut;
    if (slot > 0) {
      tookNanos += took;
      gatewayNanos += upstream < 0 ? took : took - upstream;
    }
  }

  /**
   * Hands over what was counted, and counts nothing until it begins anew.
   *
   * @param clean slots that are all 0, for those of few requests
   * @return the slots that were used, all 0 again
   */
  int[] drain(Window.Writer to, long second, int[] clean) {
    if (slots == NONE) {
      begin(clean);
    }
    to.add(place, slots, low, high, new long[] {received, sent, tookNanos, gatewayNanos});
    int[] used = slots;
    for (int slot = 0; slot < CLASSES; slot++) {
      used[slot] = 0;
    }
    for (int slot = low; slot <= high && slot < SLOTS; slot++) {
      used[slot] = 0;
    }
    slots = NONE;
    notes = 0;
    laterNotes = 0;
    noted = 0;
    received = 0;
    sent = 0;
    tookNanos = 0;
    gatewayNanos = 0;
    lastSecond = second;
    return used;
  }

  /** Whether it has counted since a moment. */
  boolean busySince(long second) {
    return !empty() || lastSecond >= second;
  }
}
