package dev.sluice.plugins.example;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Authentication for tests: takes the word of a header {@code who} for it. */
final class SayWho implements GatewayPlugin, FilterFactory<JsonObject> {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(this);
  }

  @Override
  public String name() {
    return "say-who";
  }

  @Override
  public int priority() {
    return 1000;
  }

  @Override
  public ConfigSchema<JsonObject> schema() {
    return ConfigSchema.any(config -> config);
  }

  @Override
  public Filter create(JsonObject config) {
    return (Filter.Access) context -> {
      context.request().headers().get("who")
          .flatMap(name -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", name))
          .ifPresent(consumer -> context.authenticate(Optional.of(consumer), Optional.empty()));
      return Filters.CONTINUE;
    };
  }
}
