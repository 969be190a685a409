package dev.sluice.plugins.ai.llm;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a configuration may say of a model. */
public final class LlmSchema {

  private static final String PROVIDER = "model.provider";
  private static final String OPTIONS = "model.options.";
  private static final String LLAMA2 = "llama2";
  private static final String AZURE = "azure";

  /** Checks over several of the fields, named as they are in the record that holds them. */
  public static final List<Check> CHECKS = List.of(
      Check.conditional(
          PROVIDER,
          Match.oneOf("bedrock", "gemini"),
          "auth.allow_override",
          Match.eq(false),
          "bedrock and gemini only support auth.allow_override = false"),
      Check.mutuallyRequired("auth.header_name", "auth.header_value"),
      Check.mutuallyRequired("auth.param_name", "auth.param_value", "auth.param_location"),
      needs(LLAMA2, "llama2_format", "must set %s for llama2 provider"),
      needs("mistral", "mistral_format", "must set %s for mistral provider"),
      needs("anthropic", "anthropic_version", "must set %s for anthropic provider"),
      needs(AZURE, "azure_instance", "must set %s for azure provider"),
      needs(AZURE, "azure_api_version", "must set %s for azure provider"),
      needs(AZURE, "azure_deployment_id", "must set %s for azure provider"),
      needs(LLAMA2, "upstream_url", "must set %s for self-hosted providers/models"),
      Check.custom(List.of("route_type", "model", "logging"), LlmSchema::uncounted));

  private LlmSchema() {}

  /** The fields, in their order. */
  public static Map<String, Field> fields() {
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put("route_type", Fields.string()
        .required()
        .oneOf("llm/v1/chat", "llm/v1/completions", "preserve")
        .describe("What is asked of the model; 'preserve' passes on what the client says."));
    fields.put("auth", auth());
    fields.put("model", Fields.record()
        .required()
        .field("provider", Fields.string()
            .required()
            .oneOf("openai", AZURE, "anthropic", "cohere", "mistral", LLAMA2, "gemini", "bedrock", "huggingface")
            .describe("Whose API it is that requests are translated to."))
        .field("name", text("The name of the model; without it the client names one."))
        .field("options", options()));
    fields.put("logging", Fields.record()
        .required()
        .field("log_statistics", flag("Whether what the model has used is logged."))
        .field("log_payloads", flag("Whether what was said is logged.")));
    return fields;
  }

  /** A record of the fields with their checks. */
  public static RecordField record() {
    RecordField record = Fields.record().required();
    for (Map.Entry<String, Field> field : fields().entrySet()) {
      record = record.field(field.getKey(), field.getValue());
    }
    for (Check check : CHECKS) {
      record = record.entityCheck(check);
    }
    return record;
  }

  private static RecordField auth() {
    return Fields.record()
        .optional()
        .field("header_name", text("The name of a header that tells the provider who asks.").referenceable())
        .field("header_value", text("Its whole value.").referenceable().encrypted())
        .field("param_name", text("The name of an argument that tells the provider who asks.").referenceable())
        .field("param_value", text("Its value.").referenceable().encrypted())
        .field("param_location", text("Where that argument stands.").oneOf("query", "body"))
        .field("gcp_use_service_account", Fields.bool()
            .optional()
            .defaultTo(false)
            .describe("Whether Google is asked as a service account."))
        .field("gcp_service_account_json", text("The JSON of that account.").referenceable())
        .field("aws_access_key_id", text("The id of an access key.").referenceable().encrypted())
        .field("aws_secret_access_key", text("The secret of that key.").referenceable().encrypted())
        .field("allow_override", Fields.bool()
            .optional()
            .defaultTo(false)
            .describe("Whether what the client sends under these names goes on instead."));
  }

  private static RecordField options() {
    return Fields.record()
        .optional()
        .field("max_tokens", Fields.integer().optional().describe("How long an answer may be, in tokens."))
        .field("input_cost", Fields.number().optional().gt(0).describe("What a million tokens of prompts cost."))
        .field("output_cost", Fields.number().optional().gt(0).describe("What a million tokens of answers cost."))
        .field("temperature", Fields.number().optional().between(0, 5).describe("How random answers are."))
        .field("top_p", Fields.number().optional().between(0, 1).describe("The mass of tokens to choose from."))
        .field("top_k", Fields.integer().optional().between(0, 500).describe("The number of tokens to choose from."))
        .field("anthropic_version", text("The version of Anthropic's API."))
        .field("azure_instance", text("The name of the instance in Azure."))
        .field("azure_api_version", text("The version of Azure's API.").defaultTo("2023-05-15"))
        .field("azure_deployment_id", text("The deployment in that instance."))
        .field("llama2_format", text("The form that a llama2 server speaks.").oneOf("raw", "openai", "ollama"))
        .field("mistral_format", text("The form that a mistral server speaks.").oneOf("openai", "ollama"))
        .field("upstream_url", Types.url().optional().describe("Where the model is, if not at its provider's."))
        .field("upstream_path", text("The path of the operation, if not the provider's."))
        .field("gemini", Fields.record()
            .optional()
            .field("api_endpoint", text("The host of Vertex in its region."))
            .field("project_id", text("The project in Vertex."))
            .field("location_id", text("The location in Vertex."))
            .entityCheck(Check.mutuallyRequired("api_endpoint", "project_id", "location_id")))
        .field("bedrock", Fields.record()
            .optional()
            .field("aws_region", text("The region; without it AWS_REGION of the environment.")))
        .field("huggingface", Fields.record()
            .optional()
            .field("use_cache", Fields.bool().optional().describe("Whether answers may come from the cache."))
            .field("wait_for_model", Fields.bool()
                .optional()
                .describe("Whether a model that is not ready is waited for.")));
  }

  private static StringField text(String description) {
    return Fields.string().optional().describe(description);
  }

  private static Field flag(String description) {
    return Fields.bool().required().defaultTo(false).describe(description);
  }

  private static Check needs(String provider, String option, String message) {
    return Check.conditionalAtLeastOneOf(PROVIDER, Match.oneOf(provider), OPTIONS + option).err(message);
  }

  private static Optional<String> uncounted(JsonObject config) {
    boolean counts = Boolean.TRUE.equals(Pick.object(config, "logging").getBoolean("log_statistics"));
    boolean anthropic = "anthropic".equals(Pick.object(config, "model").getValue("provider"));
    String type = config.getString("route_type");
    return counts && anthropic && RouteType.COMPLETIONS.wire().equals(type)
        ? Optional.of("anthropic does not support statistics when route_type is " + type)
        : Optional.empty();
  }
}
