package dev.sluice.plugins.mirror;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.plugins.deployment.Attachments;
import dev.sluice.plugins.deployment.PerPlugin;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the strategy {@code mirror} and its endpoints. */
@Extension
public final class MirrorPlugin implements GatewayPlugin {

  private final Desk desk = new Desk();
  private final PerPlugin<Findings> mirrors = new PerPlugin<>();
  private List<AdminEndpoint> endpoints = List.of();

  @Override
  public void start(PluginContext context) {
    desk.open(context);
    endpoints = new MirrorEndpoints(context, new Attachments(context, MirrorFactory.NAME), mirrors, desk).all();
  }

  @Override
  public List<DeploymentStrategyFactory<?>> deploymentStrategies() {
    return List.of(new MirrorFactory(mirrors, desk));
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return endpoints;
  }
}
