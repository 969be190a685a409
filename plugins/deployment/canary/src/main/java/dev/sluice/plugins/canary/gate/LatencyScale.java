package dev.sluice.plugins.canary.gate;

/** Into which bucket a latency falls: 32 for each doubling up to 71 minutes, and one for each µs up to 63 µs. */
final class LatencyScale {

  private static final int BITS = 5;
  private static final int STEPS = 1 << BITS;
  private static final int LONGEST = 32;
  private static final long MOST = (1L << LONGEST) - 1;
  private static final double MICROS = 1000;

  /** How many buckets there are. */
  static final int SIZE = STEPS * (LONGEST - BITS + 1);

  private LatencyScale() {}

  /** The bucket; what is shorter or longer than the scale falls into the first or the last. */
  static int bucket(long micros) {
    long value = Math.max(0, Math.min(micros, MOST));
    if (value < STEPS) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - BITS;
    return shift * STEPS + (int) (value >>> shift);
  }

  /** The shortest of a bucket, in microseconds; that of the bucket after the last ends the scale. */
  static long low(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    int shift = bucket / STEPS - 1;
    return (long) (bucket % STEPS + STEPS) << shift;
  }

  /** The middle of a bucket, in milliseconds: at most 1.6 % from all that is longer than 63 µs in it. */
  static double middle(int bucket) {
    return (low(bucket) + low(bucket + 1) - 1) / 2.0 / MICROS;
  }

  /** The first bucket that holds nothing shorter; {@link #SIZE} if there is none. */
  static int from(double micros) {
    if (micros > MOST) {
      return SIZE;
    }
    int bucket = bucket((long) Math.ceil(micros));
    return low(bucket) < micros ? bucket + 1 : bucket;
  }
}
