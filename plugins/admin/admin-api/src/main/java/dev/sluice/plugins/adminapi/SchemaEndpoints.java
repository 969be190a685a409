package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.vault.VaultFactory;
import io.vertx.core.Future;
import java.util.Optional;

/** Shows schemas, and has bodies checked by them. */
final class SchemaEndpoints {

  private final Api api;

  private SchemaEndpoints(Api api) {
    this.api = api;
  }

  static void add(Api api, EndpointTable.Builder table) {
    SchemaEndpoints made = new SchemaEndpoints(api);
    table
        .add(new AdminEndpoint("GET", "/schemas/{name}", made::entity))
        .add(new AdminEndpoint("POST", "/schemas/{db_entity_name}/validate", made::validate))
        .add(new AdminEndpoint("GET", "/schemas/plugins/{name}", made::plugin))
        .add(
            new AdminEndpoint("POST", "/schemas/plugins/validate", call -> made.validate(CoreEntities.PLUGINS, call)))
        .add(new AdminEndpoint("GET", "/schemas/vaults/{name}", made::vault))
        .add(
            new AdminEndpoint("POST", "/schemas/vaults/validate", call -> made.validate(CoreEntities.VAULTS, call)))
        .add(
            new AdminEndpoint(
                "GET",
                "/schemas/filters/{name}",
                call -> Answers.message(404, "Filter '" + call.parameter("name") + "' not found")));
  }

  private Future<AdminResponse> entity(AdminCall call) {
    String name = call.parameter("name");
    Optional<EntityType<?>> type = api.catalog().entityType(name);
    return type.isPresent()
        ? Answers.now(Answers.ok(type.get().schema().render(api.run())))
        : ShownSchemas.of(name).map(shown -> Answers.now(Answers.ok(shown))).orElseGet(() -> unknown(name));
  }

  private static Future<AdminResponse> unknown(String name) {
    return Answers.message(404, "No entity named '" + name + "'");
  }

  private Future<AdminResponse> plugin(AdminCall call) {
    String name = call.parameter("name");
    FilterFactory<?> factory = api.catalog().filters().get(name);
    return factory == null
        ? Answers.message(404, "No plugin named '" + name + "'")
        : Answers.now(Answers.ok(factory.schema().render()));
  }

  private Future<AdminResponse> vault(AdminCall call) {
    String name = call.parameter("name");
    VaultFactory<?> factory = api.catalog().vaults().get(name);
    return factory == null
        ? Answers.message(404, "No vault named '" + name + "'")
        : Answers.now(Answers.ok(factory.schema().render()));
  }

  private Future<AdminResponse> validate(AdminCall call) {
    String name = call.parameter("db_entity_name");
    Optional<EntityType<?>> type = api.catalog().entityType(name);
    return type.isPresent() ? validate(type.get(), call) : unknown(name);
  }

  /** The texts of a form are not turned into the types of the fields here. */
  private Future<AdminResponse> validate(EntityType<?> type, AdminCall call) {
    return api.entities()
        .validate(type, call.body(), WriteOptions.JSON)
        .compose(valid -> Answers.message(200, "schema validation successful"));
  }
}
