package dev.sluice.plugins.passivehealthchecks;

import dev.sluice.api.upstream.HealthChecker;
import dev.sluice.api.upstream.HealthCheckerFactory;
import dev.sluice.api.upstream.HealthSink;
import dev.sluice.api.upstream.UpstreamView;
import java.util.Optional;

/** Makes a checker for upstreams whose {@code healthchecks.passive} has a limit above 0. */
final class PassiveChecks implements HealthCheckerFactory {

  @Override
  public String name() {
    return "passive-health-checks";
  }

  @Override
  public Optional<HealthChecker> create(UpstreamView view, HealthSink sink) {
    PassiveSettings settings = PassiveSettings.of(view.upstream().healthchecks());
    return settings.counts() ? Optional.of(new PassiveChecker(settings, sink)) : Optional.empty();
  }
}
