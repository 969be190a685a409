package dev.sluice.plugins.traffic;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What one event loop has counted in one second. Does not change; of any thread. Only what is not 0 is kept. */
final class Window {

  private static final int SUMS = 4;
  private static final int BYTES_OF_SLOT = 6;
  private static final int BYTES_OF_RECORD = 8 + 8 * SUMS;

  private final long second;
  private final boolean apart;
  private final Place[] places;
  private final int[] ends;
  private final short[] slots;
  private final int[] counts;
  private final long[] sums;

  private static final class Sum {
    private final int[] slots = new int[Cell.SLOTS];
    private final long[] sums = new long[SUMS];
  }

  private Window(
      long second, boolean apart, Place[] places, int[] ends, short[] slots, int[] counts, long[] sums) {
    this.second = second;
    this.apart = apart;
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

  /** Whether it tells places apart. If not, it has one for each workspace, which stands for all. */
  boolean apart() {
    return apart;
  }

  /** The same by workspace alone. */
  Window summed() {
    Map<String, Sum> all = new HashMap<>();
    for (int record = 0; record < places.length; record++) {
      Sum sum = all.computeIfAbsent(places[record].workspace(), each -> new Sum());
      for (int i = begin(record); i < ends[record]; i++) {
        sum.slots[slots[i]] += counts[i];
      }
      for (int i = 0; i < SUMS; i++) {
        sum.sums[i] += sums[record * SUMS + i];
      }
    }
    Writer writer = new Writer(second, false, all.size());
    all.forEach((workspace, sum) ->
        writer.add(Place.anyOf(workspace), sum.slots, Cell.CLASSES, Cell.SLOTS - 1, sum.sums));
    return writer.window();
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
    private final boolean apart;
    private final Place[] places;
    private final int[] ends;
    private final long[] sums;
    private short[] slots;
    private int[] counts;
    private int records;
    private int used;

    Writer(long second, boolean apart, int size) {
      this.second = second;
      this.apart = apart;
      this.places = new Place[size];
      this.ends = new int[size];
      this.sums = new long[size * SUMS];
      this.slots = new short[size * 4];
      this.counts = new int[size * 4];
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
      return new Window(second, apart, places, ends, Arrays.copyOf(slots, used), Arrays.copyOf(counts, used), sums);
    }
  }
}
