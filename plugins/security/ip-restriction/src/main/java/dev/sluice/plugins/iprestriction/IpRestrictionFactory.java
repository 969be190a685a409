package dev.sluice.plugins.iprestriction;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class IpRestrictionFactory implements FilterFactory<IpConfig> {

  @Override
  public String name() {
    return "ip-restriction";
  }

  @Override
  public int priority() {
    return 990;
  }

  @Override
  public ConfigSchema<IpConfig> schema() {
    return IpConfig.SCHEMA;
  }

  @Override
  public Filter create(IpConfig config) {
    return new IpFilter(config);
  }
}
