package dev.sluice.plugins.canary;

/**
 * Into which bucket a client falls: always into the same one, whatever node asks. So a share that grows only takes
 * clients in, and one that shrinks only lets clients go.
 */
final class Buckets {

  private static final long PRIME = 0x100000001B3L;
  private static final double UNIT = 0x1.0p-53;

  private final long seed;
  private final double count;

  /**
   * Makes buckets.
   *
   * @param salt what tells them from others, so that it is not always the same clients that go first
   */
  Buckets(String salt, double count) {
    this.seed = add(0xCBF29CE484222325L, salt);
    this.count = Math.ceil(count);
  }

  /** The bucket of a key, from 0. */
  double of(String key) {
    return Math.floor((mix(add(seed, key)) >>> 11) * UNIT * count);
  }

  /** The bucket of the request of that number: all buckets in turn, spread over each stretch of requests. */
  double ofTurn(long number) {
    double golden = number * 0.6180339887498949;
    return Math.floor((golden - Math.floor(golden)) * count);
  }

  private static long add(long hash, String text) {
    long sum = hash;
    for (int i = 0; i < text.length(); i++) {
      sum = (sum ^ text.charAt(i)) * PRIME;
    }
    return sum;
  }

  /** Spreads each bit over all, as the end of MurmurHash3 does. */
  private static long mix(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ mixed >>> 33;
  }
}
