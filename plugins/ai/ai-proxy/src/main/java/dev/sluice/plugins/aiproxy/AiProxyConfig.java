package dev.sluice.plugins.aiproxy;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.ai.LlmFormat;
import dev.sluice.plugins.ai.llm.LlmConfig;
import dev.sluice.plugins.ai.llm.LlmSchema;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * The configuration.
 *
 * @param llm the model
 * @param streaming whether answers may, must not, or always do come bit by bit
 * @param maxBody the longest body that is looked at, in bytes
 * @param showsModel whether answers tell the model
 * @param format whose words clients use
 */
record AiProxyConfig(LlmConfig llm, String streaming, int maxBody, boolean showsModel, LlmFormat format) {

  static final String ALLOW = "allow";
  static final String DENY = "deny";
  static final String ALWAYS = "always";

  private static final String FORMAT = "config.llm_format";
  private static final String PROVIDER = "config.model.provider";

  static final ConfigSchema<AiProxyConfig> SCHEMA = schema();

  private static ConfigSchema<AiProxyConfig> schema() {
    ConfigSchema.Builder<AiProxyConfig> schema = ConfigSchema.of(AiProxyConfig::decode);
    for (Map.Entry<String, Field> field : LlmSchema.fields().entrySet()) {
      schema.field(field.getKey(), field.getValue());
    }
    schema.field("response_streaming", Fields.string()
        .optional()
        .defaultTo(ALLOW)
        .oneOf(ALLOW, DENY, ALWAYS)
        .describe("Whether answers come bit by bit: when clients wish so, never, or always."));
    schema.field(JsonBodies.LIMIT, JsonBodies.limitField());
    schema.field("model_name_header", Fields.bool()
        .defaultTo(true)
        .describe("Whether answers tell provider and model in X-Kong-LLM-Model."));
    schema.field(LlmFormat.NAME, LlmFormat.field());
    LlmSchema.CHECKS.forEach(schema::entityCheck);
    return schema
        .check(Check.conditional(
            FORMAT,
            Match.oneOf("bedrock", "gemini").lenMin(1),
            "config.route_type",
            Match.eq("llm/v1/chat"),
            "native provider options in llm_format can only be used with the 'llm/v1/chat' route_type"))
        .check(only("bedrock"))
        .check(only("gemini"))
        .build();
  }

  private static Check only(String provider) {
    return Check.conditional(
        FORMAT,
        Match.eq(provider).lenMin(1),
        PROVIDER,
        Match.eq(provider),
        "native llm_format '" + provider + "' can only be used with the '" + provider + "' model.provider");
  }

  private static AiProxyConfig decode(JsonObject config) {
    return new AiProxyConfig(
        LlmConfig.decode(config),
        config.getString("response_streaming", ALLOW),
        JsonBodies.limit(config),
        !Boolean.FALSE.equals(config.getBoolean("model_name_header")),
        LlmFormat.of(config));
  }
}
