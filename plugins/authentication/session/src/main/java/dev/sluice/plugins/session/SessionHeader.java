package dev.sluice.plugins.session;

import dev.sluice.plugins.authentication.Timeouts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What others may be told of a session, each in a header of its own. */
enum SessionHeader {
  ID("Session-Id"),
  AUDIENCE("Session-Audience"),
  SUBJECT("Session-Subject"),
  TIMEOUT("Session-Timeout"),
  IDLING_TIMEOUT("Session-Idling-Timeout"),
  ROLLING_TIMEOUT("Session-Rolling-Timeout"),
  ABSOLUTE_TIMEOUT("Session-Absolute-Timeout");

  private final String header;

  SessionHeader(String header) {
    this.header = header;
  }

  static String[] labels() {
    return Arrays.stream(values()).map(SessionHeader::label).toArray(String[]::new);
  }

  static List<SessionHeader> labelled(List<String> labels) {
    return Arrays.stream(values()).filter(one -> labels.contains(one.label())).toList();
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String header() {
    return header;
  }

  /** The value; empty when there is nothing to tell. */
  Optional<String> value(SessionConfig config, Ticket ticket, long now) {
    Timeouts timeouts = config.timeouts();
    return switch (this) {
      case ID -> Optional.of(ticket.id());
      case AUDIENCE -> Optional.of(config.audience());
      case SUBJECT -> ticket.owner().map(Ticket.Owner::consumerId);
      case TIMEOUT -> seconds(timeouts.left(ticket, now));
      case IDLING_TIMEOUT -> seconds(timeouts.idlingLeft(ticket, now));
      case ROLLING_TIMEOUT -> seconds(timeouts.rollingLeft(ticket, now));
      case ABSOLUTE_TIMEOUT -> seconds(timeouts.absoluteLeft(ticket, now));
    };
  }

  private static Optional<String> seconds(long left) {
    return left == Long.MAX_VALUE ? Optional.empty() : Optional.of(String.valueOf(left));
  }
}
