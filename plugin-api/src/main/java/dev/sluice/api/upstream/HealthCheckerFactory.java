package dev.sluice.api.upstream;

import java.util.Optional;

/** Makes health checkers. */
public interface HealthCheckerFactory {

  /** The name, for logs. */
  String name();

  /**
   * Makes a checker for one version of an upstream, or none when its settings ask for none. Runs on the control
   * thread.
   *
   * @param sink where to report
   */
  Optional<HealthChecker> create(UpstreamView view, HealthSink sink);
}
