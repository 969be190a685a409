package dev.sluice.plugins.timeofday;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.RolloutStatus;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.TargetGroups;
import dev.sluice.api.request.RequestContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** At certain hours requests go to another upstream, as long as somebody there can take them. */
final class TimeOfDay implements DeploymentStrategy {

  private static final String GROUP = "special";
  private static final Selection WITHIN = Selection.of(GROUP, "within the hours");
  private static final Selection OUTSIDE = Selection.of(Selection.REST, "outside of the hours");
  private static final Selection NOBODY = Selection.of(Selection.REST, "within the hours, but nobody is healthy there");
  private static final long MINUTE_MILLIS = 60_000;
  private static final int DAY = 24 * 60;

  private final TimeOfDayConfig config;
  private final Clock clock;

  TimeOfDay(TimeOfDayConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public List<GroupDefinition> groups() {
    return List.of(GroupDefinition.upstream(GROUP, config.upstream()));
  }

  @Override
  public Selection select(RequestContext context, TargetGroups groups) {
    if (!within()) {
      return OUTSIDE;
    }
    return groups.available(GROUP) ? WITHIN : NOBODY;
  }

  private boolean within() {
    int now = (int) (clock.millis() / MINUTE_MILLIS % DAY);
    return config.from() < config.until()
        ? config.from() <= now && now < config.until()
        : config.from() <= now || now < config.until();
  }

  @Override
  public RolloutStatus status() {
    double share = within() ? 1 : 0;
    return new RolloutStatus(share > 0 ? "within" : "outside", Map.of(GROUP, share, Selection.REST, 1 - share));
  }
}
