package dev.sluice.plugins.bluegreen;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RolloutStatus;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.TargetGroups;
import dev.sluice.api.request.RequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Sends requests to the active side, and those that may ask for it to the idle one. */
final class BlueGreen implements DeploymentStrategy {

  private final BlueGreenConfig config;
  private final Rollout rollout;
  private final LongSupplier clock;
  private final Consumer<Watch> tripped;
  private final Side active;
  private final Selection chosen;
  private final Selection preview;
  private final String header;
  private final byte[] secret;

  /**
   * Makes a strategy.
   *
   * @param clock milliseconds since the epoch
   * @param tripped told, on the event loop of a request, of the watch that it makes trip
   */
  BlueGreen(BlueGreenConfig config, Rollout rollout, LongSupplier clock, Consumer<Watch> tripped) {
    this.config = config;
    this.rollout = rollout;
    this.clock = clock;
    this.tripped = tripped;
    this.active = config.active();
    this.chosen = Selection.of(active.toString(), "active side");
    this.preview = Selection.of(active.other().toString(), "preview of the idle side");
    this.header = config.previewHeader().orElse("");
    this.secret = config.previewSecret().orElse("").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<GroupDefinition> groups() {
    return List.of(
        GroupDefinition.upstream(Side.BLUE.toString(), config.blue()),
        GroupDefinition.upstream(Side.GREEN.toString(), config.green()));
  }

  @Override
  public List<String> hiddenHeaders() {
    return config.previewHeader().map(List::of).orElse(List.of());
  }

  @Override
  public Selection select(RequestContext context, TargetGroups groups) {
    return !header.isEmpty() && maySeeTheIdleSide(context) ? preview : chosen;
  }

  private boolean maySeeTheIdleSide(RequestContext context) {
    Optional<String> asked = context.request().headers().get(header);
    if (asked.isEmpty()) {
      return false;
    }
    if (config.previewGroups().isEmpty()) {
      return MessageDigest.isEqual(asked.get().getBytes(StandardCharsets.UTF_8), secret);
    }
    for (String group : context.groups()) {
      if (config.previewGroups().contains(group)) {
        return true;
      }
    }
    return false;
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public void began(Selection selection) {
    boolean previewing = selection == preview;
    rollout.began(previewing ? active.other() : active, previewing);
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public void ended(Selection selection, RequestOutcome outcome) {
    boolean previewing = selection == preview;
    rollout.ended(previewing ? active.other() : active, previewing);
    if (!previewing) {
      rollout.watched(active, outcome, clock.getAsLong()).ifPresent(tripped);
    }
  }

  @Override
  public RolloutStatus status() {
    return new RolloutStatus("active", Map.of(active.toString(), 1.0, active.other().toString(), 0.0));
  }
}
