package dev.sluice.plugins.requesttermination;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class TerminationFactory implements FilterFactory<TerminationConfig> {

  private final Echo echo;

  TerminationFactory(Echo echo) {
    this.echo = echo;
  }

  @Override
  public String name() {
    return "request-termination";
  }

  @Override
  public int priority() {
    return 2;
  }

  @Override
  public ConfigSchema<TerminationConfig> schema() {
    return TerminationConfig.SCHEMA;
  }

  @Override
  public Filter create(TerminationConfig config) {
    return new TerminationFilter(config, echo);
  }
}
