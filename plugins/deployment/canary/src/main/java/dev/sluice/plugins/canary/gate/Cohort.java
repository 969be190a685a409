package dev.sluice.plugins.canary.gate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/**
 * What has become of the requests of one cohort: how many, how many failed, and how long they took, in buckets so fine
 * that a quantile is told to 1.6 %. Immutable, and about 7 KB. Counts of several nodes, or from before a restart, are
 * added up.
 */
public final class Cohort {

  /** Nothing yet. */
  public static final Cohort EMPTY = new Cohort(0, new long[LatencyScale.SIZE]);

  private static final int VERSION = 1;
  private static final double MEDIAN = 0.5;
  private static final double P95 = 0.95;
  private static final double P99 = 0.99;
  private static final double SHOWN_MS = 1000;

  private final long requests;
  private final long errors;
  private final long[] latencies;

  /**
   * Takes counts.
   *
   * @param latencies how many requests each bucket holds, failed ones among them; not copied
   */
  Cohort(long errors, long[] latencies) {
    this.requests = Arrays.stream(latencies).sum();
    this.errors = errors;
    this.latencies = latencies;
  }

  /** All that have ended. */
  public long requests() {
    return requests;
  }

  /** Those that failed. */
  public long errors() {
    return errors;
  }

  /** The share that failed, from 0 to 1; 0 without requests. */
  public double errorRate() {
    return requests == 0 ? 0 : (double) errors / requests;
  }

  /**
   * How long a share of the requests took at most, in milliseconds; 0 without requests.
   *
   * @param share from 0 to 1
   */
  public double quantile(double share) {
    double wanted = Math.max(1, Math.ceil(share * requests));
    long seen = 0;
    for (int bucket = 0; bucket < latencies.length; bucket++) {
      seen += latencies[bucket];
      if (seen >= wanted) {
        return LatencyScale.middle(bucket);
      }
    }
    return 0;
  }

  /** How many took as long as this bucket or longer, for each bucket; 0 for the one after the last. */
  long[] atLeast() {
    long[] sums = new long[latencies.length + 1];
    for (int bucket = latencies.length - 1; bucket >= 0; bucket--) {
      sums[bucket] = sums[bucket + 1] + latencies[bucket];
    }
    return sums;
  }

  /** Both together. */
  public Cohort plus(Cohort other) {
    long[] sums = latencies.clone();
    for (int bucket = 0; bucket < sums.length; bucket++) {
      sums[bucket] += other.latencies[bucket];
    }
    return new Cohort(errors + other.errors, sums);
  }

  /** What is shown: the counts, the error rate, and p50, p95 and p99 in milliseconds where there are requests. */
  public JsonObject shown() {
    JsonObject shown = new JsonObject()
        .put("requests", requests)
        .put("errors", errors)
        .put("error_rate", errorRate());
    return requests == 0
        ? shown
        : shown.put("p50_ms", rounded(MEDIAN)).put("p95_ms", rounded(P95)).put("p99_ms", rounded(P99));
  }

  private double rounded(double share) {
    return Math.round(quantile(share) * SHOWN_MS) / SHOWN_MS;
  }

  /** The p99, in milliseconds; 0 without requests. */
  public double p99() {
    return quantile(P99);
  }

  /** All of it in the form that {@link #fromJson} reads: buckets and their counts in turn, empty ones left out. */
  public JsonObject toJson() {
    JsonArray pairs = new JsonArray();
    for (int bucket = 0; bucket < latencies.length; bucket++) {
      if (latencies[bucket] > 0) {
        pairs.add(bucket).add(latencies[bucket]);
      }
    }
    return new JsonObject().put("v", VERSION).put("errors", errors).put("latencies", pairs);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Cohort fromJson(JsonObject json) {
    long[] latencies = new long[LatencyScale.SIZE];
    long errors;
    try {
      JsonArray pairs = json.getJsonArray("latencies");
      if (pairs == null || number(json.getValue("v")) != VERSION || pairs.size() % 2 != 0) {
        throw new IllegalArgumentException("these are no counts of this version");
      }
      errors = number(json.getValue("errors"));
      for (int at = 0; at < pairs.size(); at += 2) {
        int bucket = Math.toIntExact(number(pairs.getValue(at)));
        latencies[bucket] = Math.addExact(latencies[bucket], number(pairs.getValue(at + 1)));
      }
    } catch (ClassCastException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("these are no counts", e);
    }
    Cohort read = new Cohort(errors, latencies);
    if (read.requests < errors) {
      throw new IllegalArgumentException("more requests have failed than there were");
    }
    return read;
  }

  private static long number(Object value) {
    if (value instanceof Number number && number.longValue() >= 0) {
      return number.longValue();
    }
    throw new IllegalArgumentException("no count: " + value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cohort cohort && errors == cohort.errors && Arrays.equals(latencies, cohort.latencies);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(latencies) + Long.hashCode(errors);
  }

  @Override
  public String toString() {
    return errors + " of " + requests + " failed, p99 " + p99() + " ms";
  }
}
