package dev.sluice.api.upstream;

/** Watches the targets of one upstream and reports what it sees; it owns no state of theirs. */
public interface HealthChecker extends AutoCloseable {

  /** Whether this checker can take a target out, which makes the upstream count as checked. */
  default boolean canEject() {
    return true;
  }

  /** Told of each attempt of real traffic, on the event loop of the request; must be cheap. */
  default void onOutcome(TargetState target, Outcome outcome) {}

  /** Stops all work. Called when the upstream has changed or gone; a successor may already run. */
  @Override
  default void close() {}
}
