package dev.sluice.plugins.cors;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.plugins.routing.Regex;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param origins texts and regular expressions; empty lets all in
 * @param headers that scripts may send; empty grants what a preflight asks for
 * @param exposedHeaders that scripts may read
 * @param methods that scripts may use
 * @param maxAge seconds for which a preflight holds, in its written form
 * @param credentials whether scripts may use cookies and the like
 * @param privateNetwork whether public pages may reach a private network
 * @param preflightContinue whether preflights go upstream
 */
record CorsConfig(
    List<String> origins,
    List<String> headers,
    List<String> exposedHeaders,
    List<String> methods,
    Optional<String> maxAge,
    boolean credentials,
    boolean privateNetwork,
    boolean preflightContinue) {

  private static final String[] METHODS = {
    "GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT"
  };

  static final ConfigSchema<CorsConfig> SCHEMA = ConfigSchema.of(CorsConfig::decode)
      .withoutConsumer()
      .field("origins", Fields.array(Fields.string().check(CorsConfig::checkOrigin))
          .describe("Origins whose scripts may read answers: texts, regular expressions, or * alone for any."))
      .field("headers", Fields.array(Fields.string())
          .describe("Headers that scripts may send. Without them a preflight is granted what it asks for."))
      .field("exposed_headers", Fields.array(Fields.string())
          .describe("Headers of answers that scripts may read."))
      .field("methods", Fields.array(Fields.string().oneOf(METHODS))
          .defaultTo((Object[]) METHODS)
          .describe("Methods that scripts may use."))
      .field("max_age", Fields.number()
          .describe("For how many seconds a browser may keep the answer to a preflight."))
      .field("credentials", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether scripts may send cookies and other credentials."))
      .field("private_network", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether scripts of public pages may reach this API in a private network."))
      .field("preflight_continue", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether preflights go upstream, which then has to answer them."))
      .build();

  private static Optional<String> checkOrigin(String text) {
    if (text.equals("*")) {
      return Optional.empty();
    }
    try {
      Regex.lenient(text);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of("'" + text + "' is not a valid regex");
    }
  }

  private static CorsConfig decode(JsonObject config) {
    return new CorsConfig(
        Documents.strings(config, "origins"),
        Documents.strings(config, "headers"),
        Documents.strings(config, "exposed_headers"),
        config.getValue("methods") == null ? List.of(METHODS) : Documents.strings(config, "methods"),
        Optional.ofNullable(config.getNumber("max_age")).map(CorsConfig::text),
        config.getBoolean("credentials"),
        config.getBoolean("private_network"),
        config.getBoolean("preflight_continue"));
  }

  private static String text(Number number) {
    return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
  }
}
