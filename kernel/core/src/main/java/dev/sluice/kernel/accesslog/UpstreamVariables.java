package dev.sluice.kernel.accesslog;

import dev.sluice.api.request.Attempt;
import java.util.List;

/** The variables of nginx that say whom a request was sent to, one value for each attempt. */
final class UpstreamVariables {

  private static final long NANOS = 1_000_000;

  private UpstreamVariables() {}

  /** One value for each attempt, with commas between them. */
  private static void each(Line line, LoggedRequest of, Each value) {
    List<Attempt> attempts = of.attempts();
    if (attempts.isEmpty()) {
      line.missing();
    }
    for (int i = 0; i < attempts.size(); i++) {
      if (i > 0) {
        line.raw(',').raw(' ');
      }
      value.write(attempts.get(i), i + 1 == attempts.size(), i);
    }
  }

  /** Writes what is said of one attempt. */
  private interface Each {
    void write(Attempt attempt, boolean last, int index);
  }

  static void addresses(Line line, LoggedRequest of) {
    each(line, of, (attempt, last, i) -> {
      boolean six = attempt.address().indexOf(':') >= 0;
      line.part(six ? "[" : "").part(attempt.address()).part(six ? "]" : "").raw(':').number(attempt.port());
    });
  }

  static void statuses(Line line, LoggedRequest of) {
    each(line, of, (attempt, last, i) -> {
      int status = attempt.failure().orElse(last ? of.upstreamStatus() : 502);
      if (status == 0) {
        line.missing();
      } else {
        line.number(status);
      }
    });
  }

  static void times(Line line, LoggedRequest of) {
    each(line, of, (attempt, last, i) -> {
      long end = last ? of.endedNanos() : of.attempts().get(i + 1).startedNanos();
      line.seconds((end - attempt.startedNanos()) / NANOS);
    });
  }

  static void headTime(Line line, LoggedRequest of) {
    each(line, of, (attempt, last, i) -> {
      if (last && of.answeredNanos() >= 0) {
        line.seconds((of.answeredNanos() - attempt.startedNanos()) / NANOS);
      } else {
        line.missing();
      }
    });
  }
}
