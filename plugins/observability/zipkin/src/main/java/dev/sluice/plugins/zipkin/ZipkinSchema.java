package dev.sluice.plugins.zipkin;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.QueueSettings;
import dev.sluice.plugins.tracing.PropagationFields;
import dev.sluice.plugins.tracing.Timeouts;

/** What the configuration may hold. */
final class ZipkinSchema {

  private static final String REMOVAL = "4.0";

  static final ConfigSchema<ZipkinConfig> SCHEMA = rest(Timeouts.add(begin(), ZipkinConfig.CONNECT));

  private ZipkinSchema() {}

  private static ConfigSchema.Builder<ZipkinConfig> begin() {
    return ConfigSchema.of(ZipkinConfig::decode)
        .protocols(Types.protocols())
        .field("local_service_name", Fields.string()
            .required()
            .defaultTo("kong")
            .describe("How the gateway is named."))
        .field("http_endpoint", Types.url()
            .describe("The URL that spans are sent to; without it traces are only passed on."))
        .field("sample_ratio", Fields.number()
            .defaultTo(ZipkinConfig.RATIO)
            .between(0, 1)
            .describe("The share of requests that Zipkin is told of, of those nobody before has decided on."))
        .field("default_service_name", Fields.string()
            .describe("How a service without a name is named."))
        .field("include_credential", Fields.bool()
            .required()
            .defaultTo(true)
            .describe("Whether Zipkin is told of the credential that the consumer used."))
        .field("traceid_byte_count", Fields.integer()
            .required()
            .defaultTo(16)
            .oneOf(8, 16)
            .describe("How many bytes the identifiers of new traces have."))
        .field(PropagationFields.HEADER_TYPE, Fields.string()
            .required()
            .defaultTo("preserve")
            .oneOf("preserve", "ignore", "b3", "b3-single", "w3c", "jaeger", "ot", "aws", "datadog", "gcp")
            .deprecated(instead(PropagationFields.HEADER_TYPE, "options"), REMOVAL, "preserve")
            .describe("In which format the upstream gets the trace, besides that of the request."))
        .field("default_header_type", Fields.string()
            .required()
            .defaultTo(ZipkinConfig.OLD_FORMAT)
            .oneOf("b3", "b3-single", "w3c", "jaeger", "ot", "aws", "datadog", "gcp")
            .deprecated(
                "zipkin: config.default_header_type is deprecated, please use config.propagation.default_format instead",
                REMOVAL,
                ZipkinConfig.OLD_FORMAT)
            .describe("The format for requests that bring no trace along."))
        .field("tags_header", Fields.string()
            .required()
            .defaultTo("Zipkin-Tags")
            .describe("The header in which clients add tags to the span of their request."))
        .field("static_tags", Fields.array(tag())
            .describe("Tags of the span of each request."))
        .field("http_span_name", Fields.string()
            .required()
            .defaultTo("method")
            .oneOf("method", "method_path")
            .describe("Whether the name of a span holds the path besides the method."));
  }

  private static String instead(String field, String what) {
    return "zipkin: config." + field + " is deprecated, please use config.propagation " + what + " instead";
  }

  private static Field tag() {
    return Fields.record()
        .field("name", Fields.string()
            .required()
            .notOneOf("error", "http.method", "http.path", "http.status_code", "kong.balancer.state",
                "kong.balancer.try", "kong.consumer", "kong.credential", "kong.node.id", "kong.route", "kong.service",
                "lc", "peer.hostname"))
        .field("value", Fields.string().required());
  }

  private static ConfigSchema<ZipkinConfig> rest(ConfigSchema.Builder<ZipkinConfig> begun) {
    return begun
        .field("http_response_header_for_traceid", Types.headerName()
            .describe("The header in which the client is told of the trace."))
        .field("phase_duration_flavor", Fields.string()
            .required()
            .defaultTo("annotations")
            .oneOf("annotations", "tags")
            .describe("Whether the durations of phases are annotations or tags."))
        .field("queue", QueueSettings.field())
        .field(PropagationFields.NAME, PropagationFields.field("b3"))
        .build();
  }
}
