package dev.sluice.plugins.bluegreen;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.schema.ConfigSchema;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Makes the strategies.
 *
 * @param rollouts what outlives a version of the configuration
 * @param clock milliseconds since the epoch
 * @param tripped told of a watch that has seen too many errors, with the id of its entity
 */
record BlueGreenFactory(Rollouts rollouts, LongSupplier clock, BiConsumer<String, Watch> tripped)
    implements DeploymentStrategyFactory<BlueGreenConfig> {

  static final String NAME = "blue-green";

  /** Below canary, which is 20: the rest of a canary goes to the active side. */
  private static final int PRIORITY = 18;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public ConfigSchema<BlueGreenConfig> schema() {
    return BlueGreenConfig.SCHEMA;
  }

  @Override
  public DeploymentStrategy create(BlueGreenConfig config) {
    return new BlueGreen(config, new Rollout(config.active()), clock, watch -> {});
  }

  @Override
  public DeploymentStrategy create(BlueGreenConfig config, PluginConfig plugin) {
    return new BlueGreen(config, rollouts.of(plugin.id(), config.active()), clock, watch -> tripped.accept(plugin.id(), watch));
  }
}
