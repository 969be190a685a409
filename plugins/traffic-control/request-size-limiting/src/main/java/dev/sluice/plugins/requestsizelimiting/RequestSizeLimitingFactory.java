package dev.sluice.plugins.requestsizelimiting;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class RequestSizeLimitingFactory implements FilterFactory<SizeConfig> {

  @Override
  public String name() {
    return "request-size-limiting";
  }

  @Override
  public int priority() {
    return 951;
  }

  @Override
  public ConfigSchema<SizeConfig> schema() {
    return SizeConfig.SCHEMA;
  }

  @Override
  public Filter create(SizeConfig config) {
    return new SizeFilter(config);
  }
}
