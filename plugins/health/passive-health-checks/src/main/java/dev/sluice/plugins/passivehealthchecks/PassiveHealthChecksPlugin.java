package dev.sluice.plugins.passivehealthchecks;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.upstream.HealthCheckerFactory;
import java.util.List;
import org.pf4j.Extension;

/** Judges targets by how they serve real traffic. */
@Extension
public final class PassiveHealthChecksPlugin implements GatewayPlugin {

  @Override
  public List<HealthCheckerFactory> healthCheckers() {
    return List.of(new PassiveChecks());
  }
}
