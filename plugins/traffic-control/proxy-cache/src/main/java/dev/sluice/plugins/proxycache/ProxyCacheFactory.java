package dev.sluice.plugins.proxycache;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
record ProxyCacheFactory(Memory memory) implements FilterFactory<CacheConfig> {

  @Override
  public String name() {
    return "proxy-cache";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public ConfigSchema<CacheConfig> schema() {
    return CacheConfig.SCHEMA;
  }

  @Override
  public Filter create(CacheConfig config) {
    return new CacheFilter(config, memory);
  }
}
