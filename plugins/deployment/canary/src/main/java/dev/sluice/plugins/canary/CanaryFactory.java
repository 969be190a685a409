package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.deployment.PerPlugin;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Makes the strategies.
 *
 * @param rollouts what outlives a version of the configuration
 * @param states the stored state of a plugin, in the configuration that a request began with
 * @param clock milliseconds since the epoch
 */
record CanaryFactory(
    PerPlugin<Rollout> rollouts, BiFunction<RequestContext, String, Optional<State>> states, LongSupplier clock)
    implements DeploymentStrategyFactory<CanaryConfig> {

  static final String NAME = "canary";

  @Override
  public String name() {
    return NAME;
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
    Course course = new Course(config, 0);
    return of(new Canary(course, new Rollout(), context -> Optional.empty(), clock, ""));
  }

  @Override
  public DeploymentStrategy create(CanaryConfig config, PluginConfig plugin) {
    String id = plugin.id();
    Course course = new Course(config, plugin.createdAt());
    return of(new Canary(course, rollouts.of(id, Rollout::new), context -> states.apply(context, id), clock, id));
  }

  private static DeploymentStrategy of(Canary canary) {
    return canary.config().hash() == CanaryConfig.Hash.COOKIE
        ? new CookieCanary(canary, canary.config().hashCookie())
        : canary;
  }
}
