package dev.sluice.plugins.awslambda;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param timeout milliseconds
 * @param keepalive milliseconds
 * @param key and secret: credentials; without them the node's own are looked for
 * @param role what the credentials are exchanged for
 * @param endpoint where functions are called
 * @param call what is asked of the function
 * @param event what the function is told
 * @param unhandledStatus the status of an answer when the function has failed
 * @param proxyIntegration whether the function says status, headers and body
 * @param metadataTokens whether the metadata service is asked with a token
 * @param legacyArrays whether empty lists become empty objects
 */
record AwsLambdaConfig(
    double timeout,
    double keepalive,
    Optional<Keys> key,
    Optional<Role> role,
    Endpoint endpoint,
    Call call,
    Event event,
    Optional<Integer> unhandledStatus,
    boolean proxyIntegration,
    boolean metadataTokens,
    boolean legacyArrays) {

  private static final int MINUTE = 60_000;
  private static final int HTTPS = 443;

  /**
   * Credentials that stand in a configuration.
   *
   * @param id public
   * @param secret not to be shown
   */
  record Keys(String id, String secret) {
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * A role to be assumed.
   *
   * @param arn its name
   * @param session the name of the session
   * @param sts where it is asked for; by default the region's own
   */
  record Role(String arn, String session, Optional<URI> sts) {}

  /**
   * Where functions are called.
   *
   * @param region empty when it is not known
   * @param host empty when it is that of the region
   * @param port of the host
   * @param https whether to connect over TLS
   * @param proxy an HTTP proxy on the way
   */
  record Endpoint(Optional<String> region, Optional<String> host, int port, boolean https, Optional<URI> proxy) {}

  /**
   * What is asked of a function.
   *
   * @param function its name or ARN
   * @param qualifier version or alias
   * @param invocation the type of invocation
   * @param log what is wanted of its log
   */
  record Call(Optional<String> function, Optional<String> qualifier, String invocation, String log) {}

  /**
   * What a function is told.
   *
   * @param method whether the method
   * @param uri whether path and arguments
   * @param headers whether the headers
   * @param body whether the body
   * @param gateway whether all of it, as the API gateway of AWS does
   * @param skipLarge whether a large body is left out
   * @param base64 whether the body is encoded
   */
  record Event(
      boolean method, boolean uri, boolean headers, boolean body, boolean gateway, boolean skipLarge, boolean base64) {}

  static AwsLambdaConfig decode(JsonObject config) {
    return new AwsLambdaConfig(
        config.getNumber("timeout", MINUTE).doubleValue(),
        config.getNumber("keepalive", MINUTE).doubleValue(),
        text(config, "aws_key").map(id -> new Keys(id, config.getString("aws_secret"))),
        text(config, "aws_assume_role_arn").map(arn -> new Role(
            arn, text(config, "aws_role_session_name").orElse("kong"), text(config, "aws_sts_endpoint_url").map(URI::create))),
        new Endpoint(
            text(config, "aws_region"),
            text(config, "host"),
            config.getInteger("port") == null ? HTTPS : config.getInteger("port"),
            !bool(config, "disable_https"),
            text(config, "proxy_url").map(URI::create)),
        new Call(
            text(config, "function_name"),
            text(config, "qualifier"),
            config.getString("invocation_type"),
            config.getString("log_type")),
        new Event(
            bool(config, "forward_request_method"),
            bool(config, "forward_request_uri"),
            bool(config, "forward_request_headers"),
            bool(config, "forward_request_body"),
            bool(config, "awsgateway_compatible"),
            !Boolean.FALSE.equals(config.getBoolean("skip_large_bodies")),
            !Boolean.FALSE.equals(config.getBoolean("base64_encode_body"))),
        Optional.ofNullable(config.getInteger("unhandled_status")),
        bool(config, "is_proxy_integration"),
        config.getString("aws_imds_protocol_version").equals("v2"),
        config.getString("empty_arrays_mode").equals("legacy"));
  }

  private static Optional<String> text(JsonObject config, String name) {
    return Optional.ofNullable(config.getString(name));
  }

  private static boolean bool(JsonObject config, String name) {
    return Boolean.TRUE.equals(config.getBoolean(name));
  }

  /** The same with the region that the environment tells, if none is configured. */
  AwsLambdaConfig completedFrom(Map<String, String> environment) {
    Optional<String> region = endpoint.region()
        .or(() -> Optional.ofNullable(environment.get("AWS_REGION")))
        .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")));
    Endpoint known =
        new Endpoint(region, endpoint.host(), endpoint.port(), endpoint.https(), endpoint.proxy());
    return new AwsLambdaConfig(
        timeout, keepalive, key, role, known, call, event, unhandledStatus, proxyIntegration, metadataTokens, legacyArrays);
  }
}
