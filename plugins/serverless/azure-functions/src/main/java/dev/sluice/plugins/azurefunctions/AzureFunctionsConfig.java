package dev.sluice.plugins.azurefunctions;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.serverless.FunctionClient.Way;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param timeout milliseconds
 * @param way how to connect
 * @param https whether to connect over TLS
 * @param key of the function
 * @param client of that key
 * @param host of the app
 * @param path of the function
 */
record AzureFunctionsConfig(
    double timeout,
    Way way,
    boolean https,
    Optional<String> key,
    Optional<String> client,
    String host,
    String path) {

  private static final int TEN_MINUTES = 600_000;
  private static final int MINUTE = 60_000;

  static final ConfigSchema<AzureFunctionsConfig> SCHEMA = ConfigSchema.of(AzureFunctionsConfig::decode)
      .protocols(Types.protocols())
      .field("timeout", Fields.number().defaultTo(TEN_MINUTES).describe("Milliseconds that the function has to answer."))
      .field("keepalive", Fields.number()
          .defaultTo(MINUTE)
          .describe("Milliseconds after which an idle connection is closed."))
      .field("https", Fields.bool().defaultTo(true).describe("Whether the app is called over TLS."))
      .field("https_verify", Fields.bool().defaultTo(false).describe("Whether its certificate is verified."))
      .field("apikey", Fields.string()
          .encrypted()
          .referenceable()
          .describe("A key, sent in the header x-functions-key."))
      .field("clientid", Fields.string()
          .encrypted()
          .referenceable()
          .describe("The name of a key, sent in the header x-functions-clientid."))
      .field("appname", Fields.string().required().describe("The name of the app."))
      .field("hostdomain", Fields.string()
          .required()
          .defaultTo("azurewebsites.net")
          .describe("The domain of the app."))
      .field("routeprefix", Fields.string().defaultTo("api").describe("What the path begins with."))
      .field("functionname", Fields.string().required().describe("The name of the function."))
      .build();

  private static AzureFunctionsConfig decode(JsonObject config) {
    String prefix = Optional.ofNullable(config.getString("routeprefix")).map(AzureFunctionsConfig::trimmed).orElse("");
    return new AzureFunctionsConfig(
        number(config, "timeout", TEN_MINUTES),
        Way.direct(Boolean.TRUE.equals(config.getBoolean("https_verify")), number(config, "keepalive", MINUTE)),
        !Boolean.FALSE.equals(config.getBoolean("https")),
        Optional.ofNullable(config.getString("apikey")),
        Optional.ofNullable(config.getString("clientid")),
        config.getString("appname") + "." + config.getString("hostdomain"),
        "/" + (prefix.isEmpty() ? "" : prefix + "/") + trimmed(config.getString("functionname")));
  }

  private static double number(JsonObject config, String name, int otherwise) {
    Number given = config.getNumber(name);
    return given == null ? otherwise : given.doubleValue();
  }

  private static String trimmed(String part) {
    int from = part.startsWith("/") ? 1 : 0;
    return part.substring(from, Math.max(from, part.length() - (part.endsWith("/") ? 1 : 0)));
  }
}
