package dev.sluice.plugins.session;

import java.util.stream.LongStream;

/**
 * When a session ends, in seconds; 0 for never.
 *
 * @param idling after the last request
 * @param rolling after it was renewed
 * @param absolute after it began
 */
record Timeouts(long idling, long rolling, long absolute) {

  private static final long TOUCH = 60;

  /** The seconds that are left; none when it is 0 or less, {@link Long#MAX_VALUE} for ever. */
  long left(Ticket ticket, long now) {
    return LongStream.of(idlingLeft(ticket, now), rollingLeft(ticket, now), absoluteLeft(ticket, now)).min().orElse(0);
  }

  /** The seconds that are left when the session stays in use: its last use is noted in the cookie alone. */
  long leftInUse(Ticket ticket, long now) {
    return Math.min(rollingLeft(ticket, now), absoluteLeft(ticket, now));
  }

  long idlingLeft(Ticket ticket, long now) {
    return left(idling, ticket.usedAt(), now);
  }

  long rollingLeft(Ticket ticket, long now) {
    return left(rolling, ticket.renewedAt(), now);
  }

  long absoluteLeft(Ticket ticket, long now) {
    return left(absolute, ticket.begunAt(), now);
  }

  private static long left(long timeout, long since, long now) {
    return timeout <= 0 ? Long.MAX_VALUE : since + timeout - now;
  }

  /** Whether the session has to be renewed soon: three quarters of its time are over. */
  boolean isDue(Ticket ticket, long now) {
    return rolling > 0 && now - ticket.renewedAt() >= rolling - rolling / 4;
  }

  /** Whether it is time to note that the session is in use, which is not done at each request. */
  boolean isUnnoted(Ticket ticket, long now) {
    return idling > 0 && now - ticket.usedAt() >= Math.min(TOUCH, idling / 4);
  }
}
