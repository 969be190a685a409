package dev.sluice.plugins.acme;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Texts by name, some of which are forgotten after a while. Methods may be called from any thread and do not block;
 * their futures may complete on any thread.
 */
interface Storage {

  /** Stands for ever. */
  long FOR_EVER = 0;

  /** What is kept under a name. */
  Future<Optional<String>> get(String key);

  /**
   * Keeps a text, in the place of what was there.
   *
   * @param seconds after which it is forgotten, or {@link #FOR_EVER}
   */
  Future<Void> put(String key, String value, long seconds);

  /**
   * Keeps a text where there is none: of several who try at the same time, on any node, one succeeds.
   *
   * @param seconds after which it is forgotten, or {@link #FOR_EVER}
   */
  Future<Boolean> add(String key, String value, long seconds);

  /** Forgets. */
  Future<Void> remove(String key);

  /** The names that begin so, in no particular order. */
  Future<List<String>> keys(String prefix);
}
