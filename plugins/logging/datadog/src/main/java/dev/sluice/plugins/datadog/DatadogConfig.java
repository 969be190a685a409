package dev.sluice.plugins.datadog;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.OldQueueFields;
import dev.sluice.plugins.logging.QueueSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param host the agent
 * @param port its port
 * @param prefix of the names of metrics
 * @param serviceTag the tag that names the service
 * @param statusTag the tag that tells the status
 * @param consumerTag the tag that names the consumer
 * @param metrics what is sent
 * @param queue how requests wait
 */
record DatadogConfig(
    String host,
    int port,
    String prefix,
    String serviceTag,
    String statusTag,
    String consumerTag,
    List<Metric> metrics,
    QueueSettings queue) {

  private static final String HOST = "localhost";
  private static final int PORT = 8125;
  private static final String STAT_TYPE = "stat_type";
  private static final String SAMPLE_RATE = "sample_rate";

  static final ConfigSchema<DatadogConfig> SCHEMA = OldQueueFields.add("datadog", ConfigSchema.of(DatadogConfig::decode)
      .protocols(Types.protocols())
      .field("host", Types.host()
          .defaultTo(HOST)
          .referenceable()
          .describe("The agent that metrics are sent to."))
      .field("port", Types.port()
          .defaultTo(PORT)
          .describe("Its port."))
      .field("prefix", Fields.string()
          .defaultTo("kong")
          .describe("What the names of metrics begin with."))
      .field("service_name_tag", Fields.string()
          .defaultTo("name")
          .describe("The tag that names the service."))
      .field("status_tag", Fields.string()
          .defaultTo("status")
          .describe("The tag that tells the status of the answer."))
      .field("consumer_tag", Fields.string()
          .defaultTo("consumer")
          .describe("The tag that names the consumer.")))
      .field("queue", QueueSettings.field())
      .field("metrics", Fields.array(metric())
          .required()
          .defaultTo(defaults())
          .describe("What is sent of each request."))
      .build();

  private static Field metric() {
    return Fields.record()
        .field("name", Fields.string()
            .required()
            .oneOf("kong_latency", "latency", "request_count", "request_size", "response_size", "upstream_latency")
            .describe("What is measured."))
        .field(STAT_TYPE, Fields.string()
            .required()
            .oneOf("counter", "gauge", "histogram", "meter", "set", "timer", "distribution")
            .describe("What kind of metric it is."))
        .field("tags", Fields.array(Fields.string().match("^.*[^:]$"))
            .describe("Further tags."))
        .field(SAMPLE_RATE, Fields.number()
            .between(0, 1)
            .describe("The share of requests that the agent is told to have seen."))
        .field("consumer_identifier", Fields.string()
            .oneOf("consumer_id", "custom_id", "username")
            .describe("By what a consumer is named."))
        .entityCheck(
            Check.conditional(STAT_TYPE, Match.oneOf("counter", "gauge"), SAMPLE_RATE, Match.required()));
  }

  private static Object[] defaults() {
    return new Object[] {
      metric("request_count", "counter").put(SAMPLE_RATE, 1),
      metric("latency", "timer"),
      metric("request_size", "timer"),
      metric("response_size", "timer"),
      metric("upstream_latency", "timer"),
      metric("kong_latency", "timer")
    };
  }

  private static JsonObject metric(String name, String type) {
    return new JsonObject()
        .put("name", name)
        .put(STAT_TYPE, type)
        .put("tags", new JsonArray().add("app:kong"))
        .put("consumer_identifier", "custom_id");
  }

  private static DatadogConfig decode(JsonObject config) {
    return new DatadogConfig(
        Optional.ofNullable(config.getString("host")).orElse(HOST),
        Optional.ofNullable(config.getInteger("port")).orElse(PORT),
        Optional.ofNullable(config.getString("prefix")).orElse("kong"),
        Optional.ofNullable(config.getString("service_name_tag")).orElse("name"),
        Optional.ofNullable(config.getString("status_tag")).orElse("status"),
        Optional.ofNullable(config.getString("consumer_tag")).orElse("consumer"),
        config.getJsonArray("metrics").stream().map(each -> Metric.of((JsonObject) each)).toList(),
        QueueSettings.of(config));
  }
}
