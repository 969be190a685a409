package dev.sluice.plugins.statsd;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.OldQueueFields;
import dev.sluice.plugins.logging.QueueSettings;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** What the configuration may hold. */
final class StatsdSchema {

  static final String HOST = "localhost";
  static final int PORT = 8125;
  static final String PREFIX = "kong";

  private static final String STAT_TYPE = "stat_type";
  private static final String SAMPLE_RATE = "sample_rate";
  private static final String COUNTER = "counter";
  private static final String TIMER = "timer";
  private static final int LONGEST_DATAGRAM = 65_507;

  private StatsdSchema() {}

  static <C> ConfigSchema<C> of(Function<JsonObject, C> decoder) {
    return OldQueueFields.add("statsd", ConfigSchema.of(decoder)
        .protocols(Types.protocols())
        .field("host", Types.host()
            .defaultTo(HOST)
            .describe("The server that metrics are sent to."))
        .field("port", Types.port()
            .defaultTo(PORT)
            .describe("Its port."))
        .field("prefix", Fields.string()
            .defaultTo(PREFIX)
            .describe("What the names of metrics begin with."))
        .field("metrics", Fields.array(metric())
            .defaultTo(defaults())
            .describe("What is sent of each request."))
        .field("allow_status_codes", Fields.array(Fields.string().match("^[0-9]+-[0-9]+$"))
            .describe("Ranges of status codes, such as 200-204; other answers are not counted. Without it: all are."))
        .field("udp_packet_size", Fields.number()
            .between(0, LONGEST_DATAGRAM)
            .defaultTo(0)
            .describe("How many bytes of metrics may share a datagram; 0 for one metric in each."))
        .field("use_tcp", Fields.bool()
            .defaultTo(false)
            .describe("Whether the server is reached over TCP."))
        .field("hostname_in_prefix", Fields.bool()
            .defaultTo(false)
            .describe("Whether the names of metrics also hold that of the node."))
        .field("consumer_identifier_default", consumer()
            .required()
            .defaultTo("custom_id"))
        .field("service_identifier_default", service()
            .required()
            .defaultTo("service_name_or_host"))
        .field("workspace_identifier_default", workspace()
            .required()
            .defaultTo("workspace_id")))
        .field("tag_style", Fields.string()
            .optional()
            .oneOf("dogstatsd", "influxdb", "librato", "signalfx")
            .describe("Whose form of tags is used; without it names tell everything."))
        .field("queue", QueueSettings.field())
        .build();
  }

  private static StringField consumer() {
    return Fields.string().oneOf("consumer_id", "custom_id", "username").describe("By what a consumer is named.");
  }

  private static StringField service() {
    return Fields.string()
        .oneOf("service_id", "service_name", "service_host", "service_name_or_host")
        .describe("By what a service is named.");
  }

  private static StringField workspace() {
    return Fields.string().oneOf("workspace_id", "workspace_name").describe("By what a workspace is named.");
  }

  private static Field metric() {
    return Fields.record()
        .field("name", Fields.string()
            .required()
            .oneOf("kong_latency", "latency", "request_count", "request_per_user", "request_size", "response_size",
                "status_count", "status_count_per_user", "unique_users", "upstream_latency",
                "status_count_per_workspace", "status_count_per_user_per_route", "shdict_usage")
            .describe("What is measured."))
        .field(STAT_TYPE, Fields.string()
            .required()
            .oneOf(COUNTER, "gauge", "histogram", "meter", "set", TIMER)
            .describe("What kind of metric it is."))
        .field(SAMPLE_RATE, Fields.number()
            .gt(0)
            .describe("The share of requests that the server is told to have seen."))
        .field("consumer_identifier", consumer())
        .field("service_identifier", service())
        .field("workspace_identifier", workspace())
        .entityCheck(Check.conditional(STAT_TYPE, Match.oneOf(COUNTER, "gauge"), SAMPLE_RATE, Match.required()));
  }

  private static Object[] defaults() {
    return new Object[] {
      metric("request_count", COUNTER),
      metric("latency", TIMER),
      metric("request_size", COUNTER),
      metric("status_count", COUNTER),
      metric("response_size", COUNTER),
      metric("unique_users", "set"),
      metric("request_per_user", COUNTER),
      metric("upstream_latency", TIMER),
      metric("kong_latency", TIMER),
      metric("status_count_per_user", COUNTER),
      metric("status_count_per_workspace", COUNTER),
      metric("status_count_per_user_per_route", COUNTER),
      metric("shdict_usage", "gauge")
    };
  }

  private static JsonObject metric(String name, String type) {
    JsonObject metric = new JsonObject().put("name", name).put(STAT_TYPE, type);
    return type.equals(COUNTER) || type.equals("gauge") ? metric.put(SAMPLE_RATE, 1) : metric;
  }
}
