package dev.sluice.plugins.example;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes one filter for each {@code plugins} entity of this name. */
final class ExampleFactory implements FilterFactory<ExampleConfig> {

  private final RequestCounts counts;

  ExampleFactory(RequestCounts counts) {
    this.counts = counts;
  }

  @Override
  public String name() {
    return "example";
  }

  /** Below authentication, so that the consumer is known. */
  @Override
  public int priority() {
    return 905;
  }

  @Override
  public ConfigSchema<ExampleConfig> schema() {
    return ExampleConfig.SCHEMA;
  }

  @Override
  public Filter create(ExampleConfig config) {
    return new ExampleFilter(config, counts);
  }
}
