package dev.sluice.plugins.awslambda;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the configuration may hold. */
final class AwsLambdaSchema {

  private static final int MINUTE = 60_000;

  static final ConfigSchema<AwsLambdaConfig> SCHEMA = ConfigSchema.of(AwsLambdaConfig::decode)
      .field("timeout", Fields.number().required().defaultTo(MINUTE).describe("Milliseconds that a call may take."))
      .field("keepalive", Fields.number()
          .required()
          .defaultTo(MINUTE)
          .describe("Milliseconds after which an idle connection is closed."))
      .field("aws_key", secret("The id of an access key."))
      .field("aws_secret", secret("The secret of that key."))
      .field("aws_assume_role_arn", secret("The ARN of a role, assumed to call the function."))
      .field("aws_role_session_name", Fields.string().defaultTo("kong").describe("The name of the role's session."))
      .field("aws_sts_endpoint_url", Types.url().describe("Where roles are assumed, if not at the region's own."))
      .field("aws_region", Types.host().describe("The region of the function."))
      .field("function_name", Fields.string().optional().describe("The name of the function, or its ARN."))
      .field("qualifier", Fields.string().describe("A version or an alias of the function."))
      .field("invocation_type", Fields.string()
          .required()
          .defaultTo("RequestResponse")
          .oneOf("RequestResponse", "Event", "DryRun")
          .describe("Whether the function's answer is waited for."))
      .field("log_type", Fields.string()
          .required()
          .defaultTo("Tail")
          .oneOf("Tail", "None")
          .describe("Whether the answer shows the end of the function's log."))
      .field("host", Types.host().describe("Where functions are called, if not at the region's own."))
      .field("port", Types.port().defaultTo(443))
      .field("disable_https", flag("Whether functions are called without TLS."))
      .field("unhandled_status", Fields.integer()
          .between(100, 999)
          .describe("The status of an answer when the function has failed."))
      .field("forward_request_method", flag("Whether the function is told the method."))
      .field("forward_request_uri", flag("Whether the function is told path and arguments."))
      .field("forward_request_headers", flag("Whether the function is told the headers."))
      .field("forward_request_body", flag("Whether the function is told the body."))
      .field("is_proxy_integration", flag("Whether the function's answer holds status, headers and body."))
      .field("awsgateway_compatible", flag("Whether the function is told what AWS's API gateway would tell it."))
      .field("proxy_url", Types.url().describe("An HTTP proxy on the way to AWS."))
      .field("skip_large_bodies", Fields.bool().defaultTo(true).describe("Whether bodies above 8 KiB are left out."))
      .field("base64_encode_body", Fields.bool().defaultTo(true).describe("Whether the body is told in Base64."))
      .field("aws_imds_protocol_version", Fields.string()
          .required()
          .defaultTo("v1")
          .oneOf("v1", "v2")
          .describe("How the metadata service of a machine is asked for credentials."))
      .field("empty_arrays_mode", Fields.string()
          .required()
          .defaultTo("legacy")
          .oneOf("legacy", "correct")
          .describe("Whether empty lists in an answer stay such, or become empty objects as they always did."))
      .check(Check.mutuallyRequired("config.aws_key", "config.aws_secret"))
      .check(Check.custom(List.of("config.proxy_url"), AwsLambdaSchema::badProxy))
      .build();

  private AwsLambdaSchema() {}

  private static Field secret(String description) {
    return Fields.string().encrypted().referenceable().describe(description);
  }

  private static Field flag(String description) {
    return Fields.bool().defaultTo(false).describe(description);
  }

  private static Optional<String> badProxy(JsonObject plugin) {
    String url = plugin.getJsonObject("config").getString("proxy_url");
    return url == null || url.toLowerCase(Locale.ROOT).startsWith("http://")
        ? Optional.empty()
        : Optional.of("proxy_url scheme must be http");
  }
}
