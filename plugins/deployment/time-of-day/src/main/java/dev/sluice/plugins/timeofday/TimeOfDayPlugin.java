package dev.sluice.plugins.timeofday;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import java.time.Clock;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the strategy {@code time-of-day}. */
@Extension
public final class TimeOfDayPlugin implements GatewayPlugin {

  private Clock clock = Clock.systemUTC();

  @Override
  public void start(PluginContext context) {
    clock = context.clock();
  }

  @Override
  public List<DeploymentStrategyFactory<?>> deploymentStrategies() {
    return List.of(new TimeOfDayFactory(clock));
  }
}
