package dev.sluice.api.entity;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ForeignField;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.SchemaRun;
import dev.sluice.api.schema.Types;
import dev.sluice.api.schema.Variant;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The fields of plugins; the rest depends on the name. */
final class PluginSchema {

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("name", Fields.string().required().describe("The name of the plugin."))
      .field("instance_name", Types.name())
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .field("route", scope("routes").describe("Only for requests of this route."))
      .field("service", scope("services").describe("Only for requests to this service."))
      .field("consumer", scope("consumers").describe("Only for requests of this consumer."))
      .field("config", Fields.abstractRecord().describe("The settings of the plugin."))
      .field("protocols", Fields.set(Types.protocol())
          .required()
          .defaultTo("grpc", "grpcs", "http", "https")
          .describe("The protocols for which the plugin runs."))
      .field("enabled", Fields.bool().required().defaultTo(true).describe("Whether the plugin runs."))
      .field("tags", Types.tags())
      .variants("name", PluginSchema::variant, PluginSchema::unknown)
      .build();

  private PluginSchema() {}

  private static ForeignField scope(String type) {
    return Fields.foreign(type).defaultToNull().onDeleteCascade();
  }

  private static Optional<Variant> variant(JsonObject document, SchemaRun run) {
    return document.getValue("name") instanceof String name
        ? Optional.ofNullable(run.configs().get(name)).map(ConfigSchema::variant)
        : Optional.empty();
  }

  private static String unknown(String name) {
    return "plugin '" + name + "' not enabled; add it to the 'plugins' configuration property";
  }
}
