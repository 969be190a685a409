package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A plugin that is one filter, whatever its configuration. */
record OneFilter(String name, int priority, Filter filter) implements GatewayPlugin, FilterFactory<JsonObject> {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(this);
  }

  @Override
  public ConfigSchema<JsonObject> schema() {
    return ConfigSchema.any(config -> config);
  }

  @Override
  public Filter create(JsonObject config) {
    return filter;
  }
}
