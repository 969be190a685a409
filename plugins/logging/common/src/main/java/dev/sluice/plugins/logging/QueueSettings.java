package dev.sluice.plugins.logging;

import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.RecordField;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * How a queue collects, keeps and sends.
 *
 * @param maxBatchSize how many entries are sent at once
 * @param maxCoalescingDelay how long the first entry of a batch waits for others
 * @param maxEntries how many entries may wait
 * @param maxBytes how many bytes may wait; 0 for any number
 * @param maxRetryTime how long a batch is sent again when that fails
 * @param initialRetryDelay the pause before the second attempt; it doubles from one to the next
 * @param maxRetryDelay the longest pause
 * @param unlimited whether every entry is sent at once, beside all others
 */
public record QueueSettings(
    int maxBatchSize,
    Duration maxCoalescingDelay,
    int maxEntries,
    long maxBytes,
    Duration maxRetryTime,
    Duration initialRetryDelay,
    Duration maxRetryDelay,
    boolean unlimited) {

  private static final String NAME = "queue";
  private static final int MILLION = 1_000_000;
  private static final double MILLIS = 1000;
  private static final long PLAIN_BYTES = 64L << 20;

  /** What goes out at once or never, and may wait in its thousands meanwhile. */
  public static QueueSettings plain(int maxBatchSize) {
    return new QueueSettings(
        maxBatchSize, Duration.ZERO, 10_000, PLAIN_BYTES, Duration.ZERO, Duration.ofMillis(10), Duration.ofSeconds(1), false);
  }

  /** The description of the setting {@code queue}. */
  public static RecordField field() {
    return Fields.record()
        .field("max_batch_size", Fields.integer()
            .defaultTo(1)
            .between(1, MILLION)
            .describe("How many entries are sent at once."))
        .field("max_coalescing_delay", Fields.number()
            .defaultTo(1)
            .between(0, 3600)
            .describe("Seconds for which the first entry of a batch waits for others."))
        .field("max_entries", Fields.integer()
            .defaultTo(10_000)
            .between(1, MILLION)
            .describe("How many entries may wait; beyond that the oldest are dropped."))
        .field("max_bytes", Fields.integer()
            .describe("How many bytes may wait; beyond that the oldest entries are dropped."))
        .field("max_retry_time", Fields.number()
            .defaultTo(60)
            .describe("Seconds for which a batch is sent again when that fails."))
        .field("initial_retry_delay", Fields.number()
            .defaultTo(0.01)
            .between(0.001, MILLION)
            .describe("Seconds before the second attempt; they double from one attempt to the next."))
        .field("max_retry_delay", Fields.number()
            .defaultTo(60)
            .between(0.001, MILLION)
            .describe("The most seconds between two attempts."))
        .field("concurrency_limit", Fields.integer()
            .defaultTo(1)
            .oneOf(-1, 1)
            .describe("How many batches are under way at once: one, or with -1 any number."))
        .required();
  }

  /** Those of a valid configuration of a plugin, in which former names may stand for them. */
  public static QueueSettings of(JsonObject config) {
    return of(config, "queue_size", 1, "flush_timeout", 2);
  }

  /**
   * Those of a valid configuration of a plugin.
   *
   * @param size the former name of the size of a batch, which wins when it is not the default it had
   * @param delay the former name of the delay, likewise
   */
  public static QueueSettings of(
      JsonObject config, String size, int defaultSize, String delay, double defaultDelay) {
    JsonObject queue = config.getJsonObject(NAME);
    Integer oldSize = config.getInteger(size);
    Double oldDelay = config.getDouble(delay);
    Long bytes = queue.getLong("max_bytes");
    return new QueueSettings(
        oldSize == null || oldSize == defaultSize ? queue.getInteger("max_batch_size", 1) : Math.max(1, oldSize),
        oldDelay == null || oldDelay == defaultDelay ? seconds(queue, "max_coalescing_delay", 1) : seconds(oldDelay),
        queue.getInteger("max_entries", 10_000),
        bytes == null ? 0 : bytes,
        seconds(queue, "max_retry_time", 60),
        seconds(queue, "initial_retry_delay", 0.01),
        seconds(queue, "max_retry_delay", 60),
        Integer.valueOf(-1).equals(queue.getInteger("concurrency_limit")));
  }

  private static Duration seconds(JsonObject queue, String field, double fallback) {
    Double value = queue.getDouble(field);
    return seconds(value == null ? fallback : value);
  }

  private static Duration seconds(double value) {
    return Duration.ofMillis(Math.round(Math.max(0, value) * MILLIS));
  }
}
