package dev.sluice.plugins.traffic;

import java.util.Arrays;

/** What one event loop has counted in one second. Does not change; of any thread. Only what is not 0 is kept. */
final class Window {

  private static final int SUMS = 4;
  private static final int BYTES_OF_SLOT = 6;
  private static final int BYTES_OF_RECORD = 8 + 8 * SUMS;

  private final long second;
  private final Place[] places;
  private final int[] ends;
  private final short[] slots;
  private final int[] counts;
  private final long[] sums;

  private Window(long second, Place[] places, int[] ends, short[] slots, int[] counts, long[] sums) {
    this.second = second;
    this.places = places;
    this.ends = ends;
    this.slots = slots;
    this.counts = counts;
    this.sums = sums;
  }

  /** The second, since the epoch. */
  long second() {
    return second;
  }

  /** How many places were busy. */
  int size() {
    return places.length;
  }

  /** One of the places. */
  Place place(int record) {
    return places[record];
  }

  /** How much memory it takes, roughly. */
  long bytes() {
    return (long) places.length * BYTES_OF_RECORD + (long) slots.length * BYTES_OF_SLOT;
  }

  private int begin(int record) {
    return record == 0 ? 0 : ends[record - 1];
  }

  /** How many requests there were at a place. */
  long requests(int record) {
    long all = 0;
    for (int i = begin(record); i < ends[record] && slots[i] < Cell.CLASSES; i++) {
      all += counts[i];
    }
    return all;
  }

  /** Adds what was counted at a place. */
  void addTo(Tally tally, int record) {
    for (int i = begin(record); i < ends[record]; i++) {
      tally.add(slots[i], counts[i]);
    }
    int first = record * SUMS;
    tally.add(sums[first], sums[first + 1], sums[first + 2], sums[first + 3]);
  }

  /** Puts one together. */
  static final class Writer {
    private final long second;
    private final Place[] places;
    private final int[] ends;
    private final long[] sums;
    private short[] slots;
    private int[] counts;
    private int records;
    private int used;

    Writer(long second, int size) {
      this.second = second;
      this.places = new Place[size];
      this.ends = new int[size];
      this.sums = new long[size * SUMS];
      this.slots = new short[size * 8];
      this.counts = new int[size * 8];
    }

    void add(Place place, int[] values, int low, int high, long[] itsSums) {
      for (int slot = 0; slot < Cell.CLASSES; slot++) {
        put(slot, values[slot]);
      }
      for (int slot = low; slot <= high && slot < Cell.SLOTS; slot++) {
        put(slot, values[slot]);
      }
      System.arraycopy(itsSums, 0, sums, records * SUMS, SUMS);
      places[records] = place;
      ends[records++] = used;
    }

    private void put(int slot, int value) {
      if (value == 0) {
        return;
      }
      if (used == slots.length) {
        slots = Arrays.copyOf(slots, used * 2);
        counts = Arrays.copyOf(counts, used * 2);
      }
      slots[used] = (short) slot;
      counts[used++] = value;
    }

    Window window() {
      return new Window(second, places, ends, Arrays.copyOf(slots, used), Arrays.copyOf(counts, used), sums);
    }
  }
}
