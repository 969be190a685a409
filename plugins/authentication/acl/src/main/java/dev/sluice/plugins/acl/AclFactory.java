package dev.sluice.plugins.acl;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class AclFactory implements FilterFactory<AclConfig> {

  @Override
  public String name() {
    return "acl";
  }

  @Override
  public int priority() {
    return 950;
  }

  @Override
  public ConfigSchema<AclConfig> schema() {
    return AclConfig.SCHEMA;
  }

  @Override
  public Filter create(AclConfig config) {
    return new AclFilter(config);
  }
}
