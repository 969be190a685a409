package dev.sluice.plugins.prometheus;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** Counts values by how large they are. Safe for all threads. */
final class Histogram {

  private final long[] bounds;
  private final LongAdder[] counts;
  private final LongAdder sum = new LongAdder();

  /**
   * An empty one.
   *
   * @param bounds the largest value of each bucket, ascending; not copied
   */
  Histogram(long[] bounds) {
    this.bounds = bounds;
    this.counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, i -> new LongAdder());
  }

  void observe(long value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  long bound(int bucket) {
    return bounds[bucket];
  }

  /** How many values each bucket holds, those of the smaller ones included; the last one holds all. */
  long[] cumulated() {
    long[] cumulated = new long[counts.length];
    long all = 0;
    for (int i = 0; i < counts.length; i++) {
      all += counts[i].sum();
      cumulated[i] = all;
    }
    return cumulated;
  }

  long sum() {
    return sum.sum();
  }
}
