package dev.sluice.plugins.basicauth;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class BasicAuthFactory implements FilterFactory<BasicAuthConfig> {

  @Override
  public String name() {
    return "basic-auth";
  }

  @Override
  public int priority() {
    return 1100;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public ConfigSchema<BasicAuthConfig> schema() {
    return BasicAuthConfig.SCHEMA;
  }

  @Override
  public Filter create(BasicAuthConfig config) {
    return new BasicAuthFilter(config);
  }
}
