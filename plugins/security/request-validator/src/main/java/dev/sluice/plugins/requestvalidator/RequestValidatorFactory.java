package dev.sluice.plugins.requestvalidator;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
record RequestValidatorFactory(PluginContext context) implements FilterFactory<ValidatorConfig> {

  @Override
  public String name() {
    return "request-validator";
  }

  @Override
  public int priority() {
    return 999;
  }

  @Override
  public ConfigSchema<ValidatorConfig> schema() {
    return ValidatorConfig.SCHEMA;
  }

  @Override
  public Filter create(ValidatorConfig config) {
    return new ValidatorFilter(config, context);
  }
}
