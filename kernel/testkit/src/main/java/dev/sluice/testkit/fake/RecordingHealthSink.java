package dev.sluice.testkit.fake;

import dev.sluice.api.upstream.HealthSink;
import dev.sluice.api.upstream.TargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what health checkers report, in order. It decides nothing: targets stay as the test sets them. */
public final class RecordingHealthSink implements HealthSink {

  private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();

  /**
   * One report.
   *
   * @param limit as given by the checker
   */
  public record Report(TargetState target, Observation observation, int limit) {}

  @Override
  public void report(TargetState target, Observation observation, int limit) {
    reports.add(new Report(target, observation, limit));
  }

  /** Takes the oldest report, waiting for it if need be; empty when none has come in time. */
  public Optional<Report> next(long timeoutMillis) throws InterruptedException {
    return Optional.ofNullable(reports.poll(timeoutMillis, TimeUnit.MILLISECONDS));
  }

  /** Takes all reports that are there, without waiting. */
  public List<Report> drain() {
    List<Report> all = new ArrayList<>();
    reports.drainTo(all);
    return all;
  }
}
