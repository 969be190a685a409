package dev.sluice.plugins.aiprompttemplate;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.plugins.ai.JsonBodies;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configuration.
 *
 * @param templates by name; of two with one name the first
 * @param allowOthers whether requests pass that name no template
 * @param logOriginal whether loggers are told the request as it came
 * @param maxBody the longest body that is looked at, in bytes
 */
record PromptTemplateConfig(Map<String, Template> templates, boolean allowOthers, boolean logOriginal, int maxBody) {

  static final ConfigSchema<PromptTemplateConfig> SCHEMA = ConfigSchema.of(PromptTemplateConfig::decode)
      .field("templates", Fields.array(Fields.record()
              .required()
              .field("name", Fields.string()
                  .required()
                  .describe("The name by which clients ask for it: {template://name}."))
              .field("template", Fields.string()
                  .required()
                  .describe("The body of a request, with {{places}} that clients fill.")))
          .required()
          .describe("The templates that clients may ask for."))
      .field("allow_untemplated_requests", Fields.bool()
          .required()
          .defaultTo(true)
          .describe("Whether requests pass that ask for no template."))
      .field("log_original_request", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether loggers are told the request as it came."))
      .field(JsonBodies.LIMIT, JsonBodies.limitField())
      .build();

  private static PromptTemplateConfig decode(JsonObject config) {
    Map<String, Template> templates = new LinkedHashMap<>();
    JsonArray given = config.getJsonArray("templates");
    for (int i = 0; i < given.size(); i++) {
      JsonObject one = given.getJsonObject(i);
      templates.putIfAbsent(one.getString("name"), Template.parse(one.getString("template")));
    }
    return new PromptTemplateConfig(
        Map.copyOf(templates),
        config.getBoolean("allow_untemplated_requests"),
        config.getBoolean("log_original_request"),
        JsonBodies.limit(config));
  }
}
