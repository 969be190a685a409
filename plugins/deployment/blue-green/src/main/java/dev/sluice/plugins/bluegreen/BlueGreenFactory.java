package dev.sluice.plugins.bluegreen;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.schema.ConfigSchema;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

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

  /** Whatever door a switch comes through: none leads to a side where nobody is healthy, unless somebody insists. */
  @Override
  public Optional<String> objection(PluginConfig before, PluginConfig after, Predicate<String> healthy) {
    BlueGreenConfig config = BlueGreenConfig.decode(after.config());
    String upstream = config.upstream(config.active());
    boolean switched = !config.active().toString().equals(before.config().getString("active"));
    return switched && config.requireHealthy() && !healthy.test(upstream)
        ? Optional.of(config.active() + " (upstream '" + upstream
            + "') has no healthy target; to switch still, use force or write require_healthy=false")
        : Optional.empty();
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
