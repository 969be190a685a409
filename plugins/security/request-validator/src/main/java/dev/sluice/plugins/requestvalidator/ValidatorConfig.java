package dev.sluice.plugins.requestvalidator;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param bodySchema what bodies must be like
 * @param dialect that it is written in
 * @param types the contents that may come in bodies
 * @param parameters what else is looked at
 * @param verbose whether clients are told what is wrong
 */
record ValidatorConfig(
    Optional<String> bodySchema,
    Dialect dialect,
    ContentTypes types,
    List<ParameterRule> parameters,
    boolean verbose) {

  private static final String BODY = "body_schema";
  private static final String PARAMETERS = "parameter_schema";
  private static final String VERSION = "version";
  private static final String SCHEMA_OF = "schema";

  static final ConfigSchema<ValidatorConfig> SCHEMA = ConfigSchema.of(ValidatorConfig::decode)
      .field(BODY, Fields.string()
          .describe("The schema of bodies."))
      .field("allowed_content_types", Fields.set(Fields.string().required().match("^[^%s]+%/[^ ;]+"))
          .defaultTo("application/json")
          .describe("The contents that may come; parameters may follow, such as a charset."))
      .field(VERSION, Fields.string()
          .required()
          .oneOf(Dialect.names())
          .defaultTo("kong")
          .describe("The language of the schema of bodies."))
      .field(PARAMETERS, Fields.array(parameter())
          .describe("The schemas of parameters."))
      .field("verbose_response", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether clients are told what is wrong."))
      .field("content_type_parameter_validation", Fields.bool()
          .required()
          .defaultTo(true)
          .describe("Whether the parameters of the content's type must be those that are allowed."))
      .check(Check.atLeastOneOf("config." + BODY, "config." + PARAMETERS))
      .entityCheck(Check.custom(List.of(BODY, VERSION), ValidatorConfig::flaw))
      .build();

  private static Field parameter() {
    return Fields.record()
        .required()
        .field("in", Fields.string().required().oneOf("query", "header", "path"))
        .field("name", Fields.string().required())
        .field("required", Fields.bool().required())
        .field("style", Fields.string()
            .oneOf("label", "form", "matrix", "simple", "spaceDelimited", "pipeDelimited", "deepObject"))
        .field("explode", Fields.bool())
        .field(SCHEMA_OF, Fields.string().check(ValidatorConfig::parameterFlaw))
        .entityCheck(Check.mutuallyRequired("style", "explode", SCHEMA_OF))
        .entityCheck(styles("query", "form", "spaceDelimited", "pipeDelimited", "deepObject"))
        .entityCheck(styles("header", "simple"))
        .entityCheck(styles("path", "simple", "label", "matrix"));
  }

  /** Null is allowed: a parameter may have no schema. */
  private static Check styles(String place, Object... styles) {
    return Check.custom(
        List.of("in", "style"),
        parameter -> {
          Object style = parameter.getValue("style");
          return !place.equals(parameter.getValue("in")) || style == null || List.of(styles).contains(style)
              ? Optional.empty()
              : Optional.of("style '" + style + "' is not for parameters in '" + place + "'");
        });
  }

  private static Optional<String> flaw(JsonObject config) {
    return config.getValue(BODY) instanceof String schema && config.getValue(VERSION) instanceof String version
        ? Dialect.of(version).flaw(schema)
        : Optional.empty();
  }

  private static Optional<String> parameterFlaw(String schema) {
    return Dialect.DRAFT4.flaw(schema)
        .or(() -> JsonSchemas.type(schema).isPresent()
            ? Optional.empty()
            : Optional.of("the schema of a parameter must have a type"));
  }

  private static ValidatorConfig decode(JsonObject config) {
    JsonArray rules = config.getJsonArray(PARAMETERS, new JsonArray());
    List<ParameterRule> parameters = new ArrayList<>();
    for (int i = 0; rules != null && i < rules.size(); i++) {
      JsonObject rule = rules.getJsonObject(i);
      parameters.add(
          new ParameterRule(
              rule.getString("in"),
              rule.getString("name"),
              rule.getBoolean("required"),
              Optional.ofNullable(rule.getString(SCHEMA_OF))
                  .map(schema -> ParameterForm.of(schema, rule.getString("style"), rule.getBoolean("explode")))));
    }
    return new ValidatorConfig(
        Optional.ofNullable(config.getString(BODY)),
        Dialect.of(config.getString(VERSION)),
        ContentTypes.of(
            Documents.strings(config, "allowed_content_types"),
            config.getBoolean("content_type_parameter_validation")),
        List.copyOf(parameters),
        config.getBoolean("verbose_response"));
  }
}
