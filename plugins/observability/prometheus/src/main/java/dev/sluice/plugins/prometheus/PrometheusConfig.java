package dev.sluice.plugins.prometheus;

import dev.sluice.api.schema.BooleanField;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;

/**
 * The configuration: what is counted.
 *
 * @param perConsumer whether consumers are told apart
 * @param statusCodes requests by their status
 * @param latencies how long requests take
 * @param bandwidth bytes that pass
 * @param upstreamHealth which targets are healthy
 */
record PrometheusConfig(
    boolean perConsumer, boolean statusCodes, boolean latencies, boolean bandwidth, boolean upstreamHealth) {

  static final ConfigSchema<PrometheusConfig> SCHEMA = ConfigSchema.of(PrometheusConfig::decode)
      .protocols(Types.protocols())
      .field("per_consumer", flag("Whether requests of different consumers are counted apart."))
      .field("status_code_metrics", flag("Whether requests are counted by their status."))
      .field("ai_metrics", flag("Whether requests to language models are counted."))
      .field("latency_metrics", flag("Whether it is measured how long requests take."))
      .field("bandwidth_metrics", flag("Whether the bytes of requests and answers are counted."))
      .field("upstream_health_metrics", flag("Whether the health of targets is told."))
      .build();

  private static BooleanField flag(String what) {
    return Fields.bool().defaultTo(false).describe(what);
  }

  private static PrometheusConfig decode(JsonObject config) {
    return new PrometheusConfig(
        is(config, "per_consumer"),
        is(config, "status_code_metrics"),
        is(config, "latency_metrics"),
        is(config, "bandwidth_metrics"),
        is(config, "upstream_health_metrics"));
  }

  private static boolean is(JsonObject config, String field) {
    return Boolean.TRUE.equals(config.getBoolean(field));
  }
}
