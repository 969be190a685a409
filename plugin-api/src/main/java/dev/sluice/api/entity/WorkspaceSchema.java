package dev.sluice.api.entity;

import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;

/** The fields and checks of workspaces. */
final class WorkspaceSchema {

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("name", Types.name()
          .required()
          .notOneOf(
              "workspaces", "consumers", "certificates", "services", "routes", "snis", "upstreams", "targets",
              "plugins", "tags", "ca_certificates", "clustering_data_planes", "parameters", "vaults", "key_sets",
              "keys", "filter_chains"))
      .field("comment", Fields.string().describe("For people."))
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .field("meta", Fields.record()
          .field("color", Fields.string().describe("Of its badge, such as #7d2f8a."))
          .field("thumbnail", Fields.string().describe("Of its badge."))
          .required()
          .describe("How it looks."))
      .field("config", Fields.openRecord().required().defaultTo(new JsonObject()).describe("Free for clients to use."))
      .build();

  private WorkspaceSchema() {}
}
