package dev.sluice.plugins.cors;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class CorsFactory implements FilterFactory<CorsConfig> {

  @Override
  public String name() {
    return "cors";
  }

  @Override
  public int priority() {
    return 2000;
  }

  @Override
  public ConfigSchema<CorsConfig> schema() {
    return CorsConfig.SCHEMA;
  }

  @Override
  public Filter create(CorsConfig config) {
    return new CorsFilter(config);
  }
}
