package dev.sluice.plugins.canary;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.event.Event;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.deployment.Attachments;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.plugins.deployment.PerPlugin;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;

/** Contributes the strategy {@code canary}, its states and its endpoints. */
@Extension
public final class CanaryPlugin implements GatewayPlugin {

  private static final Duration LOOK = Duration.ofMillis(250);

  private final PerPlugin<Rollout> rollouts = new PerPlugin<>();
  private Clock clock = Clock.systemUTC();
  private Optional<States> states = Optional.empty();
  private Optional<Keeper> keeper = Optional.empty();
  private List<AdminEndpoint> endpoints = List.of();

  @Override
  public void start(PluginContext context) {
    clock = context.clock();
    States stored = new States(context);
    Attachments attachments = new Attachments(context, CanaryFactory.NAME);
    Tallies tallies = new Tallies(context, stored);
    Ledger ledger = new Ledger(context);
    Steering steering = new Steering(context, rollouts, stored, tallies, ledger);
    Keeper started = new Keeper(context, rollouts, attachments, stored, tallies, steering);
    states = Optional.of(stored);
    keeper = Optional.of(started);
    CanaryView view = new CanaryView(context, rollouts, stored, tallies, ledger);
    endpoints = new CanaryEndpoints(context, attachments, steering, view).all();
    context.events().on(Event.SnapshotPublished.class, published -> started.changed());
    context.every(LOOK, started::look);
  }

  @Override
  public Future<Void> finish() {
    return keeper.map(Keeper::finish).orElseGet(Future::succeededFuture);
  }

  @Override
  public List<DeploymentStrategyFactory<?>> deploymentStrategies() {
    return List.of(new CanaryFactory(rollouts, this::stored, clock::millis));
  }

  private Optional<State> stored(RequestContext context, String id) {
    return states.isPresent() ? states.get().of(context, id) : Optional.empty();
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(State.TYPE, Tally.TYPE);
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return endpoints;
  }
}
