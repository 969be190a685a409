package dev.sluice.api.store;

import io.vertx.core.Future;
import java.util.List;

/**
 * Numbers to which several nodes add. Their names are their owner's to choose. Methods may be called from any thread
 * and do not block; their futures fail when what keeps the numbers is away.
 */
public interface SharedCounters {

  /** The numbers of these names, in that order; 0 for one that nobody has added to. */
  Future<long[]> read(List<String> names);

  /** Adds, each addition as a whole; the future holds the sums, in that order. */
  Future<long[]> add(List<Addition> additions);

  /**
   * Something to add.
   *
   * @param name of the counter
   * @param amount to add
   * @param seconds after which the counter is forgotten, from the first addition on
   */
  record Addition(String name, long amount, long seconds) {}
}
