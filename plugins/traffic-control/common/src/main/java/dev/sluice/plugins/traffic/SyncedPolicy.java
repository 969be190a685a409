package dev.sluice.plugins.traffic;

import dev.sluice.api.PluginContext;
import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.store.SharedCounters.Addition;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts on this node, and tells the others from time to time: what was counted here is added to the shared counters,
 * and what the others have counted since is taken over. No request waits, save the first of a window.
 */
final class SyncedPolicy implements Policy {

  private static final Logger log = LoggerFactory.getLogger(SyncedPolicy.class);

  private final PluginContext context;
  private final LocalCounters local;
  private final SharedCounters shared;
  private final Duration rate;
  private final Map<Slot, Tally> tallies = new ConcurrentHashMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** A window of a key. */
  private record Slot(CounterKey key, Period period, long start) {}

  /** What was counted in a window here and elsewhere. Only a run of sync touches the plain fields, one at a time. */
  private static final class Tally {
    final AtomicLong pending = new AtomicLong();
    final String name;
    long told;
    long others;

    Tally(String name, long others) {
      this.name = name;
      this.others = others;
    }
  }

  SyncedPolicy(PluginContext context, LocalCounters local, SharedCounters shared, Duration rate) {
    this.context = context;
    this.local = local;
    this.shared = shared;
    this.rate = rate;
  }

  @Override
  public Future<long[]> take(CounterKey key, Limits limits, Windows windows) {
    return known(key, limits, windows) ? Future.succeededFuture(takeHere(key, limits, windows))
        : learn(key, limits, windows).map(learnt -> takeHere(key, limits, windows));
  }

  private long[] takeHere(CounterKey key, Limits limits, Windows windows) {
    long[] used = local.take(key, limits, windows);
    for (int i = 0; i < used.length; i++) {
      if (limits.value(i) - used[i] <= 0) {
        return used;
      }
    }
    note(key, limits, windows, 1);
    return used;
  }

  @Override
  public Future<long[]> used(CounterKey key, Limits limits, Windows windows) {
    return known(key, limits, windows) ? Future.succeededFuture(local.used(key, limits, windows))
        : learn(key, limits, windows).map(learnt -> local.used(key, limits, windows));
  }

  @Override
  public Future<Void> add(CounterKey key, Limits limits, Windows windows, long amount) {
    local.add(key, limits, windows, amount);
    note(key, limits, windows, amount);
    return Future.succeededFuture();
  }

  private static Slot slot(CounterKey key, Period period, Windows windows) {
    return new Slot(key, period, windows.start(period));
  }

  private boolean known(CounterKey key, Limits limits, Windows windows) {
    for (int i = 0; i < limits.size(); i++) {
      if (!tallies.containsKey(slot(key, limits.period(i), windows))) {
        return false;
      }
    }
    return true;
  }

  private Future<Void> learn(CounterKey key, Limits limits, Windows windows) {
    List<String> names = SharedPolicy.names(key, limits, windows);
    return shared.read(names).map(counts -> {
      for (int i = 0; i < counts.length; i++) {
        Period period = limits.period(i);
        Tally fresh = new Tally(names.get(i), counts[i]);
        if (tallies.putIfAbsent(slot(key, period, windows), fresh) == null) {
          local.add(key, Limits.only(period), windows, counts[i]);
        }
      }
      return null;
    });
  }

  private void note(CounterKey key, Limits limits, Windows windows, long amount) {
    for (int i = 0; i < limits.size(); i++) {
      Period period = limits.period(i);
      tallies
          .computeIfAbsent(slot(key, period, windows), slot -> new Tally(key.name(windows, period), 0))
          .pending
          .addAndGet(amount);
    }
    if (scheduled.compareAndSet(false, true)) {
      context.after(rate, this::sync);
    }
  }

  private void sync() {
    List<Map.Entry<Slot, Tally>> due = new ArrayList<>();
    List<Addition> additions = new ArrayList<>();
    tallies.entrySet().forEach(entry -> {
      long amount = entry.getValue().pending.getAndSet(0);
      if (amount > 0) {
        due.add(entry);
        additions.add(new Addition(entry.getValue().name, amount, entry.getKey().period().seconds()));
      }
    });
    Future<long[]> told = due.isEmpty() ? Future.succeededFuture(new long[0]) : shared.add(additions);
    told.onComplete(sums -> {
      for (int i = 0; i < due.size(); i++) {
        if (sums.succeeded()) {
          merge(due.get(i), additions.get(i).amount(), sums.result()[i]);
        } else {
          due.get(i).getValue().pending.addAndGet(additions.get(i).amount());
        }
      }
      if (sums.failed()) {
        log.warn("counters could not be shared: {}", sums.cause().toString());
      }
      scheduled.set(false);
      if (tallies.values().stream().anyMatch(tally -> tally.pending.get() > 0)
          && scheduled.compareAndSet(false, true)) {
        context.after(rate, this::sync);
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
      local.add(slot.key(), Limits.only(slot.period()), Windows.of(slot.start()), others - tally.others);
      tally.others = others;
    }
  }

  /** Forgets windows that are over and told, and keys of which nothing is left here: they are learnt again. */
  void sweep(Windows now) {
    local.sweep(now);
    tallies.entrySet().removeIf(entry -> {
      Slot slot = entry.getKey();
      return entry.getValue().pending.get() == 0
          ? slot.start() < now.start(slot.period()) || !local.knows(slot.key())
          : slot.start() + 2L * slot.period().seconds() < now.second();
    });
  }

  boolean crowded() {
    return local.crowded();
  }

  /** How many windows of keys are remembered. */
  int size() {
    return tallies.size();
  }
}
