package dev.sluice.plugins.traffic;

import io.vertx.core.json.JsonObject;

/** A sum of what was counted. For one thread. */
final class Tally {

  private static final String[] CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
  private static final double NANOS = 1_000_000;

  private final long[] slots = new long[Cell.SLOTS];
  private long received;
  private long sent;
  private long tookNanos;
  private long gatewayNanos;

  void add(int slot, long count) {
    slots[slot] += count;
  }

  void add(long bytesIn, long bytesOut, long took, long gateway) {
    received += bytesIn;
    sent += bytesOut;
    tookNanos += took;
    gatewayNanos += gateway;
  }

  /** How many requests there were. */
  long requests() {
    long all = 0;
    for (int slot = 0; slot < Cell.CLASSES; slot++) {
      all += slots[slot];
    }
    return all;
  }

  /** How many of them have a duration. */
  private long timed() {
    return requests() - slots[1];
  }

  /** The requests of one class of statuses: its first digit, or 0 for those without a status. */
  long ofClass(int first) {
    return slots[first];
  }

  /** The name of a class of statuses. */
  static String nameOfClass(int first) {
    return CLASSES[first];
  }

  /** The milliseconds that a share of the requests took at most; 0 without requests. */
  double percentile(double share) {
    return rounded(Scale.percentile(slots, Cell.CLASSES, share));
  }

  /** The milliseconds that requests spent in the gateway, on average. */
  double gateway() {
    return rounded(gatewayNanos / NANOS / Math.max(1, timed()));
  }

  private static double rounded(double millis) {
    return Math.round(millis * 1000) / 1000.0;
  }

  JsonObject json() {
    JsonObject statuses = new JsonObject();
    for (int first = 1; first < Cell.CLASSES; first++) {
      statuses.put(CLASSES[first], slots[first]);
    }
    statuses.put(CLASSES[0], slots[0]);
    return new JsonObject()
        .put("requests", requests())
        .put("statuses", statuses)
        .put(
            "latency_ms",
            new JsonObject()
                .put("mean", rounded(tookNanos / NANOS / Math.max(1, timed())))
                .put("p50", percentile(0.5))
                .put("p95", percentile(0.95))
                .put("p99", percentile(0.99)))
        .put("gateway_ms", gateway())
        .put("bytes", new JsonObject().put("received", received).put("sent", sent));
  }
}
