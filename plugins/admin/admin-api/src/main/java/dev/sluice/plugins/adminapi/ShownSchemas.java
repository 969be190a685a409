package dev.sluice.plugins.adminapi;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Schemas that Kong shows of what is no entity here: clients read them, but there is nothing to write. */
final class ShownSchemas {

  private ShownSchemas() {}

  static Optional<JsonObject> of(String name) {
    return switch (name) {
      case "tags" -> Optional.of(tags());
      case "parameters" -> Optional.of(parameters());
      case "filter_chains" -> Optional.of(filterChains());
      default -> Optional.empty();
    };
  }

  private static JsonObject tags() {
    return Schema.builder()
        .field("tag", Types.tag().required())
        .field("entity_name", Fields.string().required().describe("The type of the entity."))
        .field("entity_id", Types.uuid().required().auto())
        .build()
        .render();
  }

  private static JsonObject parameters() {
    return Schema.builder()
        .field("created_at", Types.autoTimestamp())
        .field("key", Fields.string().required().unique())
        .field("value", Fields.string().required())
        .build()
        .render();
  }

  private static JsonObject filterChains() {
    JsonObject rendered = Schema.builder()
        .field("id", Types.id())
        .field("name", Types.name())
        .field("enabled", Fields.bool().required().defaultTo(true))
        .field("route", scope("routes"))
        .field("service", scope("services"))
        .field("filters", Fields.array(
            Fields.record()
                .field("name", Fields.string().required().oneOf().err("no such filter"))
                .field("enabled", Fields.bool().required().defaultTo(true))
                .field("config", Fields.json().optional())).required().lenMin(1))
        .field("created_at", Types.autoTimestamp())
        .field("updated_at", Types.autoTimestamp())
        .field("tags", Types.tags())
        .check(Check.mutuallyExclusive("service", "route"))
        .check(Check.atLeastOneOf("service", "route"))
        .check(Check.custom(List.of("filters"), document -> Optional.empty()))
        .build()
        .render();
    config(rendered).put("json_schema", new JsonObject()
        .put("namespace", "proxy-wasm-filters")
        .put("optional", true)
        .put("parent_subschema_key", "name")
        .put("default", new JsonObject()
            .put("$schema", "http://json-schema.org/draft-04/schema#")
            .put("type", new JsonArray().add("string").add("null"))));
    rendered.getJsonArray("entity_checks").getJsonObject(2).getJsonObject("custom_entity_check")
        .put("run_with_invalid_fields", true);
    return rendered;
  }

  private static Field scope(String type) {
    return Fields.foreign(type).defaultToNull().unique().onDeleteCascade();
  }

  private static JsonObject config(JsonObject rendered) {
    return rendered.getJsonArray("fields").getJsonObject(5).getJsonObject("filters")
        .getJsonObject("elements").getJsonArray("fields").getJsonObject(2).getJsonObject("config");
  }
}
