package dev.sluice.plugins.passivehealthchecks;

import dev.sluice.api.upstream.HealthChecker;
import dev.sluice.api.upstream.HealthSink;
import dev.sluice.api.upstream.HealthSink.Observation;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.TargetState;

/** Turns outcomes into observations. Immutable. */
final class PassiveChecker implements HealthChecker {

  private static final int GATEWAY_TIMEOUT = 504;

  private final PassiveSettings settings;
  private final HealthSink sink;

  PassiveChecker(PassiveSettings settings, HealthSink sink) {
    this.settings = settings;
    this.sink = sink;
  }

  @Override
  public boolean canEject() {
    return settings.ejects();
  }

  /**
   * The order of the questions is Kong's. 504 is a timeout even when the target answered so; and an error counts as a
   * broken connection only if another attempt follows, else by its status, which the lists seldom have.
   */
  @Override
  public void onOutcome(TargetState target, Outcome outcome) {
    if (outcome.status() == GATEWAY_TIMEOUT) {
      report(target, Observation.TIMEOUT, settings.timeouts());
    } else if (outcome.retried()) {
      report(target, Observation.TCP_FAILURE, settings.tcpFailures());
    } else if (settings.good().get(outcome.status())) {
      report(target, Observation.SUCCESS, settings.successes());
    } else if (settings.bad().get(outcome.status())) {
      report(target, Observation.HTTP_FAILURE, settings.httpFailures());
    }
  }

  private void report(TargetState target, Observation observation, int limit) {
    if (limit > 0) {
      sink.report(target, observation, limit);
    }
  }
}
