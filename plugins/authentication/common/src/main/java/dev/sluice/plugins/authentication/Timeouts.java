package dev.sluice.plugins.authentication;

import java.util.stream.LongStream;

/**
 * When a session ends, in seconds; 0 for never.
 *
 * @param idling after the last request
 * @param rolling after it was renewed
 * @param absolute after it began
 */
public record Timeouts(long idling, long rolling, long absolute) {

  private static final long TOUCH = 60;

  /** A session's times, in seconds since the epoch. */
  public interface Timed {

    /** When it began. */
    long begunAt();

    /** When it was renewed. */
    long renewedAt();

    /** When it was used, as far as that is noted. */
    long usedAt();
  }

  /** The seconds that are left; none when it is 0 or less, {@link Long#MAX_VALUE} for ever. */
  public long left(Timed session, long now) {
    return LongStream.of(idlingLeft(session, now), rollingLeft(session, now), absoluteLeft(session, now)).min().orElse(0);
  }

  /** The seconds that are left when the session stays in use: its last use is noted in the cookie alone. */
  public long leftInUse(Timed session, long now) {
    return Math.min(rollingLeft(session, now), absoluteLeft(session, now));
  }

  /** The seconds that are left while it is not used. */
  public long idlingLeft(Timed session, long now) {
    return left(idling, session.usedAt(), now);
  }

  /** The seconds that are left until it has to be renewed. */
  public long rollingLeft(Timed session, long now) {
    return left(rolling, session.renewedAt(), now);
  }

  /** The seconds that are left in any case. */
  public long absoluteLeft(Timed session, long now) {
    return left(absolute, session.begunAt(), now);
  }

  private static long left(long timeout, long since, long now) {
    return timeout <= 0 ? Long.MAX_VALUE : since + timeout - now;
  }

  /** Whether the session has to be renewed soon: three quarters of its time are over. */
  public boolean isDue(Timed session, long now) {
    return rolling > 0 && now - session.renewedAt() >= rolling - rolling / 4;
  }

  /** Whether it is time to note that the session is in use, which is not done at each request. */
  public boolean isUnnoted(Timed session, long now) {
    return idling > 0 && now - session.usedAt() >= Math.min(TOUCH, idling / 4);
  }
}
