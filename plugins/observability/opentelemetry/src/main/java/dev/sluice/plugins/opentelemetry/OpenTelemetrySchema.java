package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Shorthand;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.QueueSettings;
import dev.sluice.plugins.tracing.PropagationFields;
import dev.sluice.plugins.tracing.Timeouts;
import io.vertx.core.json.JsonObject;

/** What the configuration may hold. */
final class OpenTelemetrySchema {

  static final String TRACES = "traces_endpoint";
  static final String LOGS = "logs_endpoint";

  private static final String REMOVAL = "4.0";

  static final ConfigSchema<OpenTelemetryConfig> SCHEMA = rest(Timeouts.add(begin(), OpenTelemetryConfig.CONNECT));

  private OpenTelemetrySchema() {}

  private static ConfigSchema.Builder<OpenTelemetryConfig> begin() {
    return ConfigSchema.of(OpenTelemetryConfig::decode)
        .shorthand(Shorthand.expanding(
            "endpoint",
            endpoint("The former name of traces_endpoint.").deprecated(
                "OpenTelemetry: config.endpoint is deprecated, please use config.traces_endpoint instead", REMOVAL),
            value -> new JsonObject().put(TRACES, value.orElse(null))))
        .field(TRACES, endpoint("The URL that spans are sent to."))
        .field(LOGS, endpoint("The URL that lines of the node's log are sent to."))
        .field("headers", Fields.map(Types.headerName(), Fields.string().referenceable())
            .describe("Further headers of the requests to the collector, such as one that authorizes them."))
        .field("resource_attributes", Fields.map(Fields.string().required(), Fields.string().required())
            .describe("Attributes of the resource, besides or instead of service.name, service.version and"
                + " service.instance.id."))
        .field("queue", QueueSettings.field()
            .defaultTo(new JsonObject().put("max_batch_size", OpenTelemetryConfig.BATCH)))
        .field("batch_span_count", Fields.integer()
            .deprecated(
                "opentelemetry: config.batch_span_count is deprecated, please use config.queue.max_batch_size instead",
                REMOVAL,
                OpenTelemetryConfig.BATCH)
            .describe("The former name of queue.max_batch_size; any value but 200 wins over it."))
        .field("batch_flush_delay", Fields.integer()
            .deprecated(
                "opentelemetry: config.batch_flush_delay is deprecated, please use config.queue.max_coalescing_delay"
                    + " instead",
                REMOVAL,
                OpenTelemetryConfig.OLD_DELAY)
            .describe("The former name of queue.max_coalescing_delay; any value but 3 wins over it."));
  }

  private static StringField endpoint(String what) {
    return Types.url().referenceable().describe(what);
  }

  private static ConfigSchema<OpenTelemetryConfig> rest(ConfigSchema.Builder<OpenTelemetryConfig> begun) {
    return begun
        .field("http_response_header_for_traceid", Types.headerName()
            .describe("The header in which the client is told of the trace."))
        .field(PropagationFields.HEADER_TYPE, Fields.string()
            .optional()
            .defaultTo("preserve")
            .oneOf("preserve", "ignore", "b3", "b3-single", "w3c", "jaeger", "ot", "aws", "gcp", "datadog")
            .deprecated(
                "opentelemetry: config.header_type is deprecated, please use config.propagation options instead",
                REMOVAL,
                "preserve")
            .describe("In which format the upstream gets the trace, besides that of the request."))
        .field("sampling_rate", Fields.number()
            .optional()
            .between(0, 1)
            .describe("The share of requests that is told of, of those nobody before has decided on. Without it that of"
                + " the node."))
        .field(PropagationFields.NAME, PropagationFields.field("w3c"))
        .entityCheck(Check.atLeastOneOf(TRACES, LOGS))
        .build();
  }
}
