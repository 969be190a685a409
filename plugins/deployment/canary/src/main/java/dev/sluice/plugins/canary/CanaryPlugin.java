package dev.sluice.plugins.canary;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import java.time.Clock;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the strategy {@code canary}. */
@Extension
public final class CanaryPlugin implements GatewayPlugin {

  private Clock clock = Clock.systemUTC();

  @Override
  public void start(PluginContext context) {
    clock = context.clock();
  }

  @Override
  public List<DeploymentStrategyFactory<?>> deploymentStrategies() {
    return List.of(new CanaryFactory(clock));
  }
}
