package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.api.PluginContext;
import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.store.SharedCounters.Addition;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts on this node, and tells the others from time to time: what was counted here is added to the shared counters,
 * and what the others have counted is taken over. No request waits.
 */
final class SyncedCounting implements Counting {

  private static final Logger log = LoggerFactory.getLogger(SyncedCounting.class);

  private final PluginContext context;
  private final Cells cells;
  private final Supplier<Optional<SharedCounters>> shared;
  private final Duration rate;
  private final Map<Slot, Tally> tallies = new ConcurrentHashMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** A window of a client. */
  private record Slot(Cells.Key key, long millis, long start) {

    String name() {
      return SharedCounting.name(key, millis, start);
    }

    String nameBefore() {
      return SharedCounting.name(key, millis, start - millis);
    }
  }

  /** What was counted here and elsewhere. Only a run of sync touches the plain fields, one run at a time. */
  private static final class Tally {
    final AtomicLong pending = new AtomicLong();
    long told;
    long others;
    boolean knowsBefore;
  }

  SyncedCounting(PluginContext context, Cells cells, Supplier<Optional<SharedCounters>> shared, Duration rate) {
    this.context = context;
    this.cells = cells;
    this.shared = shared;
    this.rate = rate;
  }

  @Override
  public Future<Usage> take(Cells.Key key, Rules rules, long now) {
    Usage usage = cells.take(key, rules, now);
    if (!usage.refused() || rules.countsRefused()) {
      for (Rules.Window window : rules.windows()) {
        tallies
            .computeIfAbsent(new Slot(key, window.millis(), window.start(now)), slot -> new Tally())
            .pending
            .incrementAndGet();
      }
      schedule();
    }
    return Future.succeededFuture(usage);
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      context.after(rate, this::sync);
    }
  }

  private void sync() {
    Optional<SharedCounters> counters = shared.get();
    if (counters.isEmpty()) {
      // The store is this node's alone: there is nobody to tell.
      tallies.clear();
      scheduled.set(false);
      return;
    }
    List<Map.Entry<Slot, Tally>> due = new ArrayList<>();
    List<Addition> additions = new ArrayList<>();
    List<String> before = new ArrayList<>();
    tallies.entrySet().forEach(entry -> {
      long amount = entry.getValue().pending.getAndSet(0);
      if (amount > 0) {
        due.add(entry);
        additions.add(
            new Addition(entry.getKey().name(), amount, SharedCounting.lifetime(entry.getKey().millis())));
        before.add(entry.getKey().nameBefore());
      }
    });
    Future<long[]> sums = due.isEmpty() ? Future.succeededFuture(new long[0]) : counters.get().add(additions);
    Future<long[]> earlier =
        due.stream().allMatch(entry -> entry.getValue().knowsBefore)
            ? Future.succeededFuture(new long[0])
            : counters.get().read(before);
    Future.join(sums, earlier).onComplete(done -> {
      for (int i = 0; i < due.size(); i++) {
        if (sums.succeeded()) {
          merge(due.get(i), additions.get(i).amount(), sums.result()[i]);
        } else {
          due.get(i).getValue().pending.addAndGet(additions.get(i).amount());
        }
        if (earlier.succeeded() && earlier.result().length > 0) {
          Slot slot = due.get(i).getKey();
          cells.before(slot.key(), slot.millis(), slot.start(), earlier.result()[i]);
          due.get(i).getValue().knowsBefore = true;
        }
      }
      if (sums.failed()) {
        log.warn("counters could not be shared: {}", sums.cause().toString());
      }
      scheduled.set(false);
      if (tallies.values().stream().anyMatch(tally -> tally.pending.get() > 0)) {
        schedule();
      }
    });
  }

  private void merge(Map.Entry<Slot, Tally> entry, long amount, long sum) {
    Tally tally = entry.getValue();
    if (tallies.get(entry.getKey()) != tally) {
      // Forgotten meanwhile: whoever comes next learns all of it.
      return;
    }
    tally.told += amount;
    long others = sum - tally.told;
    if (others > tally.others) {
      Slot slot = entry.getKey();
      cells.add(slot.key(), slot.millis(), slot.start(), others - tally.others);
      tally.others = others;
    }
  }

  /** Forgets windows that are over and told, and clients of whom nothing is left here. */
  void sweep(long now) {
    cells.sweep(now);
    tallies.entrySet().removeIf(entry -> {
      Slot slot = entry.getKey();
      long end = slot.start() + slot.millis();
      return entry.getValue().pending.get() == 0
          ? end < now || !cells.knows(slot.key())
          : end + slot.millis() < now;
    });
  }

  boolean crowded() {
    return cells.crowded();
  }

  /** How many windows of clients are remembered. */
  int size() {
    return tallies.size();
  }
}
