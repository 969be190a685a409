package dev.sluice.plugins.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries that wait in a queue, within bounds: what is too much is taken from the front, and the log says so once,
 * until there is room again. Safe for all threads, without locks.
 *
 * @param <T> the type of the entries
 */
final class Waiting<T> {

  private static final Logger log = LoggerFactory.getLogger(Waiting.class);
  private static final double WARN_AT = 0.8;

  private final String name;
  private final QueueSettings settings;
  private final ToIntFunction<T> size;
  private final Queue<T> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicBoolean warned = new AtomicBoolean();
  private final AtomicBoolean full = new AtomicBoolean();

  Waiting(String name, QueueSettings settings, ToIntFunction<T> size) {
    this.name = name;
    this.settings = settings;
    this.size = size;
  }

  /** How many there are. */
  int count() {
    return count.get();
  }

  /** Takes an entry, and drops the oldest ones when they are too many; gives back whether it was taken. */
  boolean add(T entry) {
    long length = settings.maxBytes() > 0 ? size.applyAsInt(entry) : 0;
    if (length > settings.maxBytes()) {
      log.error(
          "queue {}: an entry of {} bytes is longer than max_bytes ({}) and was dropped", name, length, settings.maxBytes());
      return false;
    }
    entries.add(entry);
    bytes.addAndGet(length);
    int now = count.incrementAndGet();
    while (now > settings.maxEntries() || settings.maxBytes() > 0 && bytes.get() > settings.maxBytes() && now > 1) {
      if (take() == null) {
        break;
      }
      dropped();
      now = count.get();
    }
    warn(now);
    return true;
  }

  /** Counts an entry that found no room. */
  void dropped() {
    dropped.incrementAndGet();
    if (full.compareAndSet(false, true)) {
      log.error("queue {}: queue full, dropping old entries until processing is successful again", name);
    }
  }

  private void warn(int now) {
    boolean much = now >= settings.maxEntries() * WARN_AT;
    if (!much) {
      if (warned.get()) {
        warned.set(false);
      }
    } else if (warned.compareAndSet(false, true)) {
      log.warn("queue {}: queue at {}% capacity", name, Math.round(WARN_AT * 100));
    }
  }

  /** Takes the oldest ones away, at most so many. */
  List<T> take(int most) {
    List<T> batch = new ArrayList<>(Math.min(most, count()));
    for (T entry = take(); entry != null; entry = take()) {
      batch.add(entry);
      if (batch.size() == most) {
        break;
      }
    }
    return batch;
  }

  private T take() {
    T entry = entries.poll();
    if (entry != null) {
      count.decrementAndGet();
      if (settings.maxBytes() > 0) {
        bytes.addAndGet(-size.applyAsInt(entry));
      }
    }
    return entry;
  }

  /** Notes that entries get through again. */
  void resumed() {
    if (full.get() && full.compareAndSet(true, false)) {
      log.warn("queue {}: queue resumed processing, {} entries were dropped", name, dropped.getAndSet(0));
    }
  }
}
