package dev.sluice.plugins.ratelimiting;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.traffic.CounterKey;
import dev.sluice.plugins.traffic.Policies;
import dev.sluice.plugins.traffic.Policy;
import java.util.Optional;

/** Makes the filters. */
record RateLimitingFactory(Policies policies, ConfigSchema<RateLimitingConfig> schema)
    implements FilterFactory<RateLimitingConfig> {

  @Override
  public String name() {
    return "rate-limiting";
  }

  @Override
  public int priority() {
    return 910;
  }

  @Override
  public Filter create(RateLimitingConfig config) {
    return create(config, CounterKey.scope(Optional.empty(), Optional.empty()));
  }

  @Override
  public Filter create(RateLimitingConfig config, PluginConfig plugin) {
    return create(config, CounterKey.scope(plugin.routeId(), plugin.serviceId()));
  }

  private Filter create(RateLimitingConfig config, String scope) {
    if (config.errorCode() < 100 || config.errorCode() > 599) {
      throw new IllegalArgumentException("error_code " + config.errorCode() + " is no status");
    }
    return new RateLimitingFilter(config, scope, policies, policy(config));
  }

  private Policy policy(RateLimitingConfig config) {
    return switch (config.policy()) {
      case CLUSTER -> policies.cluster();
      case REDIS -> policies.redis(config.redis().orElseThrow(), config.syncRate());
      case LOCAL -> policies.local();
    };
  }
}
