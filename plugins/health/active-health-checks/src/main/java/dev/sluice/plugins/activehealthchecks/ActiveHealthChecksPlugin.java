package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.upstream.HealthCheckerFactory;
import java.util.List;
import org.pf4j.Extension;

/** Probes the targets of upstreams at intervals. */
@Extension
public final class ActiveHealthChecksPlugin implements GatewayPlugin {

  private List<HealthCheckerFactory> factories = List.of();

  @Override
  public void start(PluginContext context) {
    factories = List.of(new ActiveChecks(context));
  }

  @Override
  public List<HealthCheckerFactory> healthCheckers() {
    return factories;
  }
}
