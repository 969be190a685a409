package dev.sluice.api.entity;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.SchemaRun;
import dev.sluice.api.schema.Types;
import dev.sluice.api.schema.Variant;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The fields of vaults; the rest depends on the name. */
final class VaultSchema {

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("prefix", Fields.string()
          .required()
          .unique()
          .uniqueAcrossWorkspaces()
          .match("^[a-z][a-z%d-]-[a-z%d]+$")
          .notOneOf("env")
          .describe("The name of this vault in references."))
      .field("name", Fields.string().required().describe("The kind of vault."))
      .field("description", Fields.string().describe("What the vault is for."))
      .field("config", Fields.abstractRecord().describe("The settings of the vault."))
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .field("tags", Types.tags())
      .variants("name", VaultSchema::variant, name -> "vault '" + name + "' is not installed")
      .build();

  private VaultSchema() {}

  private static Optional<Variant> variant(JsonObject document, SchemaRun run) {
    return document.getValue("name") instanceof String name
        ? Optional.ofNullable(run.vaults().get(name)).map(ConfigSchema::variant)
        : Optional.empty();
  }
}
