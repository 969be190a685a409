package dev.sluice.plugins.correlationid;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters; all of them count with one counter. */
final class CorrelationIdFactory implements FilterFactory<CorrelationIdConfig> {

  private final Generators generators;

  CorrelationIdFactory(Generators generators) {
    this.generators = generators;
  }

  @Override
  public String name() {
    return "correlation-id";
  }

  @Override
  public int priority() {
    return 100_001;
  }

  @Override
  public ConfigSchema<CorrelationIdConfig> schema() {
    return CorrelationIdConfig.SCHEMA;
  }

  @Override
  public Filter create(CorrelationIdConfig config) {
    return new CorrelationIdFilter(config, generators.named(config.generator()));
  }
}
