package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.StoreException;
import java.nio.file.Path;
import java.util.List;

/** A commit that waits for the writer. But for its making it is touched by the writer's thread alone. */
final class Pending {

  private final List<Step> steps;
  private Long revision;
  private StoreException failure;

  private Pending(List<Step> steps) {
    this.steps = steps;
  }

  /**
   * A mutation with its document as text.
   *
   * @param mutation the mutation
   * @param document empty for a deletion
   */
  record Step(Mutation mutation, String document) {}

  /** Takes down the mutations as they are now: the caller may change its documents afterwards. */
  static Pending of(List<Mutation> mutations) {
    return new Pending(mutations.stream().map(Pending::step).toList());
  }

  private static Step step(Mutation mutation) {
    return mutation instanceof Mutation.Put put ? new Step(put, put.document().encode()) : new Step(mutation, "");
  }

  List<Step> steps() {
    return steps;
  }

  void succeed(long number) {
    revision = number;
  }

  void fail(StoreException reason) {
    failure = reason;
  }

  /** Fails unless it is done. */
  void giveUp(Path file) {
    if (!done()) {
      fail(Failures.of(file, "did not get to the commit, which may have failed"));
    }
  }

  boolean done() {
    return revision != null || failure != null;
  }

  /** The number of the commit; throws why there is none. */
  long outcome() {
    if (failure != null) {
      throw failure;
    }
    return revision;
  }
}
