package dev.sluice.plugins.logging;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;

/** The names that settings of queues had before there was {@code queue}. */
public final class OldQueueFields {

  private static final String REMOVAL = "4.0";

  private OldQueueFields() {}

  /** Adds them to the schema of a plugin, at this place. */
  public static <C> ConfigSchema.Builder<C> add(String plugin, ConfigSchema.Builder<C> schema) {
    return schema
        .field("retry_count", Fields.integer()
            .deprecated(
                plugin + ": config.retry_count no longer works, please use config.queue.max_retry_time instead",
                REMOVAL,
                10)
            .describe("Of no effect any more."))
        .field("queue_size", Fields.integer()
            .deprecated(
                plugin + ": config.queue_size is deprecated, please use config.queue.max_batch_size instead", REMOVAL, 1)
            .describe("The former name of queue.max_batch_size; any value but 1 wins over it."))
        .field("flush_timeout", Fields.number()
            .deprecated(
                plugin + ": config.flush_timeout is deprecated, please use config.queue.max_coalescing_delay instead",
                REMOVAL,
                2)
            .describe("The former name of queue.max_coalescing_delay; any value but 2 wins over it."));
  }
}
