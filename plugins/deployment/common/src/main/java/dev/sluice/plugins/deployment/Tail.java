package dev.sluice.plugins.deployment;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of the end of the ledger: the last record, and the newest ones of each configured strategy. Safe for all threads. */
final class Tail {

  /** So many of each strategy are remembered. */
  private static final int KEPT = 20;

  private final Map<String, Deque<JsonObject>> newest = new HashMap<>();
  private Optional<JsonObject> last = Optional.empty();

  /**
   * One moment of it.
   *
   * @param last the last record of all; empty when none is known
   * @param own those of one strategy, the last one first
   */
  record View(Optional<JsonObject> last, List<JsonObject> own) {

    /** The number of the last record; 0 when none is known. */
    long number() {
      return last.map(Records::number).orElse(0L);
    }
  }

  synchronized View view(String plugin) {
    return new View(last, List.copyOf(newest.getOrDefault(plugin, new ArrayDeque<>())));
  }

  synchronized long number() {
    return last.map(Records::number).orElse(0L);
  }

  /** Learns what the store has, by ascending id; what is known already may be among it. */
  synchronized void learn(List<JsonObject> rows) {
    for (JsonObject row : rows) {
      if (Records.number(row) > number()) {
        last = Optional.of(row);
        Deque<JsonObject> own =
            newest.computeIfAbsent(String.valueOf(row.getValue("plugin")), plugin -> new ArrayDeque<>());
        own.addFirst(row);
        if (own.size() > KEPT) {
          own.removeLast();
        }
      }
    }
  }

  /** Forgets everything, unless somebody else has done so and knows better already. */
  synchronized void forget(Optional<JsonObject> known) {
    if (last.equals(known)) {
      last = Optional.empty();
      newest.clear();
    }
  }

  synchronized Optional<JsonObject> last() {
    return last;
  }
}
