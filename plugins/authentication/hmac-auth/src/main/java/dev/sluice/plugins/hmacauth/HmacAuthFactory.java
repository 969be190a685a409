package dev.sluice.plugins.hmacauth;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import java.time.Clock;

/** Makes the filters. */
final class HmacAuthFactory implements FilterFactory<HmacAuthConfig> {

  private final Clock clock;

  HmacAuthFactory(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "hmac-auth";
  }

  @Override
  public int priority() {
    return 1030;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public ConfigSchema<HmacAuthConfig> schema() {
    return HmacAuthConfig.SCHEMA;
  }

  @Override
  public Filter create(HmacAuthConfig config) {
    return new HmacAuthFilter(config, clock);
  }
}
