package dev.sluice.plugins.responseratelimiting;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.traffic.CounterKey;
import dev.sluice.plugins.traffic.Policies;
import dev.sluice.plugins.traffic.Policy;
import java.util.Optional;

/** Makes the filters. */
record QuotaFactory(Policies policies, ConfigSchema<QuotaConfig> schema) implements FilterFactory<QuotaConfig> {

  @Override
  public String name() {
    return "response-ratelimiting";
  }

  @Override
  public int priority() {
    return 900;
  }

  @Override
  public Filter create(QuotaConfig config) {
    return new QuotaFilter(config, CounterKey.scope(Optional.empty(), Optional.empty()), policies, policy(config));
  }

  @Override
  public Filter create(QuotaConfig config, PluginConfig plugin) {
    String scope = CounterKey.scope(plugin.routeId(), plugin.serviceId());
    return new QuotaFilter(config, scope, policies, policy(config));
  }

  private Policy policy(QuotaConfig config) {
    return switch (config.policy()) {
      case "cluster" -> policies.cluster();
      case "redis" -> policies.redis(config.redis().orElseThrow(), Optional.empty());
      default -> policies.local();
    };
  }
}
