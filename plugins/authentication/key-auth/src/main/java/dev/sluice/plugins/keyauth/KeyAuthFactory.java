package dev.sluice.plugins.keyauth;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class KeyAuthFactory implements FilterFactory<KeyAuthConfig> {

  @Override
  public String name() {
    return "key-auth";
  }

  @Override
  public int priority() {
    return 1250;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public ConfigSchema<KeyAuthConfig> schema() {
    return KeyAuthConfig.SCHEMA;
  }

  @Override
  public Filter create(KeyAuthConfig config) {
    return new KeyAuthFilter(config);
  }
}
