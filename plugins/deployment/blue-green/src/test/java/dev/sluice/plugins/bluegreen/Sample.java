package dev.sluice.plugins.bluegreen;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.ConsumerGroup;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Believes a header about the consumer, and brings groups of consumers as the jar acl does. */
final class Sample implements GatewayPlugin {

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("consumer", Fields.foreign(CoreEntities.CONSUMERS.name()).required().onDeleteCascade())
      .field("group", Fields.string().required())
      .build();

  static final EntityType<Member> MEMBERS =
      EntityType.named(ConsumerGroup.TYPE, SCHEMA, document -> new Member(document.getString("group"))).build();

  record Member(String name) implements ConsumerGroup {}

  private record Believing() implements FilterFactory<JsonObject> {
    @Override
    public String name() {
      return "believing";
    }

    @Override
    public int priority() {
      return 1200;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(config -> config);
    }

    @Override
    public Filter create(JsonObject config) {
      return (Filter.Access) Sample::believe;
    }
  }

  private static Future<Void> believe(RequestContext context) {
    Optional<Consumer> who = context.request().headers().get("who")
        .flatMap(name -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", name));
    context.authenticate(who, Optional.empty());
    return Filters.CONTINUE;
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Believing());
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(MEMBERS);
  }
}
