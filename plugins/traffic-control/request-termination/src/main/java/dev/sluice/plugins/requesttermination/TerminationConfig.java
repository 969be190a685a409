package dev.sluice.plugins.requesttermination;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param status of the answer
 * @param message of a JSON answer
 * @param contentType of a raw body
 * @param body sent as it is
 * @param echo whether the answer tells of the request
 * @param trigger a header or argument without which requests pass
 */
record TerminationConfig(
    int status,
    Optional<String> message,
    Optional<String> contentType,
    Optional<String> body,
    boolean echo,
    Optional<String> trigger) {

  static final ConfigSchema<TerminationConfig> SCHEMA = ConfigSchema.of(TerminationConfig::decode)
      .protocols(Types.httpProtocols())
      .field("status_code", Fields.integer()
          .required()
          .defaultTo(503)
          .between(100, 599)
          .describe("The status of the answer."))
      .field("message", Fields.string().describe("The message of an answer in JSON."))
      .field("content_type", Fields.string().describe("The content type of the raw body."))
      .field("body", Fields.string().describe("A raw body, in the place of a message."))
      .field("echo", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the answer tells what was asked and what matched; for debugging."))
      .field("trigger", Types.headerName()
          .describe("Only requests with a header or an argument of this name are answered."))
      .configCheck(TerminationConfig::conflict)
      .build();

  private static Optional<String> conflict(JsonObject config) {
    boolean message = config.getValue("message") != null;
    boolean type = config.getValue("content_type") != null;
    boolean body = config.getValue("body") != null;
    if (message && (type || body)) {
      return Optional.of("message cannot be used with content_type or body");
    } else if (type && !body) {
      return Optional.of("content_type requires a body");
    } else if (body && Boolean.TRUE.equals(config.getValue("echo"))) {
      return Optional.of("echo cannot be used with content_type and body");
    }
    return Optional.empty();
  }

  private static TerminationConfig decode(JsonObject config) {
    return new TerminationConfig(
        config.getInteger("status_code"),
        Optional.ofNullable(config.getString("message")),
        Optional.ofNullable(config.getString("content_type")),
        Optional.ofNullable(config.getString("body")),
        config.getBoolean("echo"),
        Optional.ofNullable(config.getString("trigger")));
  }
}
