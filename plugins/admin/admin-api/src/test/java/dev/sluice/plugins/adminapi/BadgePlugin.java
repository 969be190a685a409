package dev.sluice.plugins.adminapi;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.NodeInfo;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Brings what plugins bring to the Admin API: a filter, an entity of its own, an endpoint. */
final class BadgePlugin implements GatewayPlugin {

  private static final EntityType<JsonObject> BADGES =
      EntityType.named(
              "badge_credentials",
              Schema.builder()
                  .field("id", Types.id())
                  .field("created_at", Types.autoTimestamp())
                  .field("consumer", Fields.foreign("consumers").required().onDeleteCascade())
                  .field("number", Fields.string().required().unique().auto())
                  .field("level", Fields.integer().defaultTo(1))
                  .field("tags", Types.tags())
                  .build(),
              document -> document)
          .path("badges")
          .nestedBelow("consumers", "badge")
          .endpointKey("number")
          .withTtl()
          .build();

  private static final EntityType<JsonObject> CLUBS =
      EntityType.named(
              "clubs",
              Schema.builder()
                  .field("id", Types.id())
                  .field("consumer", Fields.foreign("consumers").required().onDeleteCascade())
                  .field("club", Fields.string().required())
                  .field("role", Fields.string())
                  .build(),
              document -> document)
          .uniqueTogether("consumer", "club")
          .nestedKey("club")
          .build();

  private static final EntityType<JsonObject> NOTES =
      EntityType.named(
              "notes",
              Schema.builder().field("id", Types.id()).field("text", Fields.string()).build(),
              document -> document)
          .global()
          .build();

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Factory());
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(BADGES, CLUBS, NOTES);
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return List.of(
        new AdminEndpoint(
            "POST",
            "/services/{name}/badge",
            call -> Answers.message(200, call.parameter("name") + " " + call.body().encode() + " " + call.form())),
        new AdminEndpoint("POST", "/badges/ask", call -> Answers.message(200, call.body().encode())).readingOnly(),
        new AdminEndpoint("DELETE", "/badges/silent", call -> Answers.now(AdminResponse.empty(404))),
        new AdminEndpoint(
            "GET",
            "/badges/broken",
            call -> {
              throw new IllegalStateException("on purpose");
            }));
  }

  private static final class Factory implements FilterFactory<JsonObject> {

    @Override
    public String name() {
      return "badge";
    }

    @Override
    public String version(NodeInfo node) {
      return "1.2.3";
    }

    @Override
    public int priority() {
      return 77;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.of(config -> config)
          .field("limit", Fields.integer().defaultTo(3))
          .field("names", Fields.array(Fields.string()))
          .build();
    }

    @Override
    public Filter create(JsonObject config) {
      return new Filter() {};
    }
  }
}
