package dev.sluice.plugins.traffic;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The windows that a second lies in, one for each period, aligned to the calendar in UTC. Immutable. */
public final class Windows {

  private final long second;
  private final long[] starts;

  private Windows(long second) {
    this.second = second;
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, Period.DAY.seconds()));
    this.starts = new long[] {
      second,
      second - Math.floorMod(second, Period.MINUTE.seconds()),
      second - Math.floorMod(second, Period.HOUR.seconds()),
      start(day),
      start(day.withDayOfMonth(1)),
      start(day.withDayOfYear(1)),
    };
  }

  private static long start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  /** The windows of a second since the epoch. */
  public static Windows of(long second) {
    return new Windows(second);
  }

  /** The second. */
  public long second() {
    return second;
  }

  /** When the window of a period began, in seconds since the epoch. */
  public long start(Period period) {
    return starts[period.index()];
  }

  /**
   * Whether a window that began then is that of a period, or the next: a thread that read the clock a moment earlier counts in
   * the newer window, and does not wipe it out.
   */
  boolean isCurrent(long start, Period period) {
    long ahead = start - start(period);
    return ahead >= 0 && ahead <= period.seconds();
  }

  /** Seconds until the window of a period ends, at least 1. */
  public long reset(Period period) {
    return Math.max(1, period.seconds() - (second - start(period)));
  }

  /** Tells the windows of now, made once a second. Safe from any thread. */
  public static final class Source {
    private final Clock clock;
    private volatile Windows last;

    /** Makes a source. */
    public Source(Clock clock) {
      this.clock = clock;
      this.last = of(Math.floorDiv(clock.millis(), 1000));
    }

    /** The windows of now. */
    public Windows now() {
      long second = Math.floorDiv(clock.millis(), 1000);
      Windows known = last;
      if (known.second != second) {
        known = of(second);
        last = known;
      }
      return known;
    }
  }
}
