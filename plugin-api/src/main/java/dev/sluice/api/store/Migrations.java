package dev.sluice.api.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * Brings the layout of a store up to date that several nodes share, which is for an operator to decide. All methods may
 * be called from any thread, do not block, and fail their future with a {@link StoreException}.
 */
public interface Migrations {

  /** What was done and what there is to do. */
  Future<State> state();

  /**
   * Makes the layout in an empty database, or takes the steps that it lacks. Waits for another runner that is at it.
   *
   * @param patience how long to wait for another runner
   * @return the steps that were taken
   */
  Future<List<String>> migrate(Duration patience);

  /** Leaves nothing of the store for a next use of this object. */
  Future<Void> close();

  /**
   * The state of a layout.
   *
   * @param database its name, for people
   * @param executed the steps that were taken, oldest first
   * @param pending the steps that were not; all of them when nothing is there yet
   * @param unknown how many steps were taken that this release does not know
   */
  record State(String database, List<String> executed, List<String> pending, int unknown) {

    /** Whether nothing is there yet. */
    public boolean needsBootstrap() {
      return executed.isEmpty();
    }
  }
}
