package dev.sluice.plugins.jwt;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import java.time.Clock;

/** Makes the filters. */
final class JwtFactory implements FilterFactory<JwtConfig> {

  private final Clock clock;

  JwtFactory(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "jwt";
  }

  @Override
  public int priority() {
    return 1450;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public ConfigSchema<JwtConfig> schema() {
    return JwtConfig.SCHEMA;
  }

  @Override
  public Filter create(JwtConfig config) {
    return new JwtFilter(config, clock);
  }
}
