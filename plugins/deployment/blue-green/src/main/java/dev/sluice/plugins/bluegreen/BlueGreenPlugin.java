package dev.sluice.plugins.bluegreen;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.event.Event;
import dev.sluice.plugins.deployment.Attachments;
import dev.sluice.plugins.deployment.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;

/** Contributes the strategy {@code blue-green} and its endpoints. */
@Extension
public final class BlueGreenPlugin implements GatewayPlugin {

  private final Rollouts rollouts = new Rollouts();
  private Clock clock = Clock.systemUTC();
  private Optional<WayBack> wayBack = Optional.empty();
  private List<AdminEndpoint> endpoints = List.of();

  @Override
  public void start(PluginContext context) {
    clock = context.clock();
    Attachments attachments = new Attachments(context, BlueGreenFactory.NAME);
    Ledger ledger = new Ledger(context);
    Sides sides = new Sides(context);
    Switches started = new Switches(context, rollouts, attachments, ledger);
    wayBack = Optional.of(new WayBack(context, rollouts, attachments, started));
    endpoints = new BlueGreenEndpoints(context, rollouts, attachments, ledger, sides, started).all();
    context.events().on(Event.SnapshotPublished.class, published -> started.look());
  }

  @Override
  public List<DeploymentStrategyFactory<?>> deploymentStrategies() {
    return List.of(new BlueGreenFactory(
        rollouts, clock::millis, (id, watch) -> wayBack.ifPresent(each -> each.tripped(id, watch))));
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return endpoints;
  }
}
