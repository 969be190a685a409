package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.schema.ConfigSchema;
import java.time.Clock;

/** Makes the strategies. */
record CanaryFactory(Clock clock) implements DeploymentStrategyFactory<CanaryConfig> {

  @Override
  public String name() {
    return "canary";
  }

  @Override
  public int priority() {
    return 20;
  }

  @Override
  public ConfigSchema<CanaryConfig> schema() {
    return CanaryConfig.SCHEMA;
  }

  @Override
  public DeploymentStrategy create(CanaryConfig config) {
    return of(config, new Ramp(config, 0, clock), "");
  }

  @Override
  public DeploymentStrategy create(CanaryConfig config, PluginConfig plugin) {
    return of(config, new Ramp(config, plugin.createdAt(), clock), plugin.id());
  }

  private static DeploymentStrategy of(CanaryConfig config, Ramp ramp, String salt) {
    Canary canary = new Canary(config, ramp, salt);
    return config.hash() == CanaryConfig.Hash.COOKIE ? new CookieCanary(canary, config.hashCookie()) : canary;
  }
}
