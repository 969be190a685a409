package dev.sluice.plugins.traffic;

import java.util.Locale;

/** A length of time for which there may be a limit, shortest first. */
public enum Period {
  /** 1 s. */
  SECOND(0, 1),
  /** 60 s. */
  MINUTE(1, 60),
  /** An hour. */
  HOUR(2, 3_600),
  /** A day of UTC. */
  DAY(3, 86_400),
  /** A month of the calendar; its length is taken as 30 days. */
  MONTH(4, 2_592_000),
  /** A year of the calendar; its length is taken as 365 days. */
  YEAR(5, 31_536_000);

  private final int index;
  private final int seconds;
  private final String field;
  private final String title;

  Period(int index, int seconds) {
    this.index = index;
    this.seconds = seconds;
    this.field = name().toLowerCase(Locale.ROOT);
    this.title = name().charAt(0) + field.substring(1);
  }

  /** Its place among the periods, the shortest being 0. */
  int index() {
    return index;
  }

  /** Its length in seconds. */
  public int seconds() {
    return seconds;
  }

  /** Its name in configurations: {@code minute}. */
  public String field() {
    return field;
  }

  /** Its name in headers: {@code Minute}. */
  public String title() {
    return title;
  }
}
