package dev.sluice.kernel.boot;

import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.Occupation;
import dev.sluice.kernel.snapshot.FilterInstance;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches from a thread of its own whether the event loops go on, names in the log the filter that holds one up, and suspends
 * one that does so again and again. It counts looks, not time: when the machine stands still, it does too.
 */
final class Watchdog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final long LOOK_MILLIS = 100;
  private static final int STACK = 30;

  private final List<Loop> loops;
  private final IdentityHashMap<Loop, Look> looks = new IdentityHashMap<>();
  private final long limit;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread watch = new Thread(task, "sluice-watch");
            watch.setDaemon(true);
            return watch;
          });

  /** What one event loop was last seen at, and how often in a row. */
  private static final class Look {
    private long turns = -1;
    private long calls;
    private FilterInstance filter;
    private long same;
    private long inFilter;
  }

  /**
   * Watches nothing before {@link #start}.
   *
   * @param loops may grow
   * @param limitMillis for so long a filter may hold up an event loop
   */
  Watchdog(List<Loop> loops, long limitMillis) {
    this.loops = loops;
    this.limit = Math.max(1, limitMillis / LOOK_MILLIS);
  }

  void start() {
    thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      loops.forEach(loop -> look(loop, looks.computeIfAbsent(loop, first -> new Look())));
    } catch (RuntimeException e) {
      log.error("the event loops cannot be watched", e);
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void look(Loop loop, Look last) {
    Occupation now = loop.occupation();
    long turns = now.turns();
    long calls = now.calls();
    FilterInstance filter = now.filter();
    boolean goesOn = turns != last.turns;
    boolean sameCall = !goesOn && filter != null && filter == last.filter && calls == last.calls;
    last.turns = turns;
    last.calls = calls;
    last.filter = filter;
    last.same = goesOn ? 0 : last.same + 1;
    last.inFilter = sameCall ? last.inFilter + 1 : 0;
    if (last.inFilter == limit) {
      log.error("plugin {} holds up event loop {}, where nothing else can go on\n{}", filter, loop.number(), stack(now));
      filter.heldUp();
    } else if (last.same == 2 * limit && last.inFilter < limit) {
      log.error("event loop {} does not go on, and no filter is known to be at work there\n{}", loop.number(), stack(now));
    }
  }

  private static String stack(Occupation occupation) {
    StringBuilder text = new StringBuilder();
    StackTraceElement[] frames = occupation.thread().getStackTrace();
    for (int i = 0; i < Math.min(STACK, frames.length); i++) {
      text.append("\tat ").append(frames[i]).append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
