package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
record AdvancedFactory(PluginContext context, Counting.Kinds kinds, ConfigSchema<AdvancedConfig> schema)
    implements FilterFactory<AdvancedConfig> {

  @Override
  public String name() {
    return "rate-limiting-advanced";
  }

  @Override
  public int priority() {
    return 910;
  }

  @Override
  public Filter create(AdvancedConfig config) {
    if (config.refusal().code() < 100 || config.refusal().code() > 599) {
      throw new IllegalArgumentException("error_code " + config.refusal().code() + " is no status");
    }
    return new AdvancedFilter(config, kinds.of(config.place()), context.clock());
  }
}
