package dev.sluice.plugins.timeofday;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.schema.ConfigSchema;
import java.time.Clock;

/** Makes the strategies. */
record TimeOfDayFactory(Clock clock) implements DeploymentStrategyFactory<TimeOfDayConfig> {

  @Override
  public String name() {
    return "time-of-day";
  }

  /** Below canary (20): what that takes is not asked for here. */
  @Override
  public int priority() {
    return 15;
  }

  @Override
  public ConfigSchema<TimeOfDayConfig> schema() {
    return TimeOfDayConfig.SCHEMA;
  }

  @Override
  public DeploymentStrategy create(TimeOfDayConfig config) {
    return new TimeOfDay(config, clock);
  }
}
