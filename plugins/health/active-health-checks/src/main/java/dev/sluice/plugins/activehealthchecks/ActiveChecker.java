package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.api.upstream.HealthChecker;
import dev.sluice.api.upstream.HealthSink;
import dev.sluice.api.upstream.HealthSink.Observation;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;

/**
 * Probes the addresses of one upstream: those that are healthy at one interval, those that are not at another. An
 * address whose probe is still due or under way when its next turn comes is left out of that turn, so that a slow one
 * delays nobody else. Safe for all threads.
 */
final class ActiveChecker implements HealthChecker {

  private final List<TargetState> targets;
  private final ActiveSettings settings;
  private final ProbeFactory probes;
  private final HealthSink sink;

  // Guarded by this.
  private final List<Registration> timers = new ArrayList<>();
  private final Map<TargetState, Probe> pending = new HashMap<>();
  private final Queue<Probe> due = new ArrayDeque<>();
  private int running;
  private boolean closed;

  ActiveChecker(UpstreamView view, ActiveSettings settings, ProbeFactory probes, HealthSink sink) {
    targets = view.addresses().stream().filter(target -> target.weight() > 0).toList();
    this.settings = settings;
    this.probes = probes;
    this.sink = sink;
  }

  /**
   * Begins.
   *
   * @param jitter a part of the interval, below 1, by which the first turn is put off, lest all upstreams probe at once
   */
  void start(PluginContext context, double jitter) {
    schedule(context, true, settings.healthy().interval(), jitter);
    schedule(context, false, settings.unhealthy().interval(), jitter);
  }

  private void schedule(PluginContext context, boolean healthy, Duration interval, double jitter) {
    if (!interval.isZero()) {
      long first = 1 + (long) (jitter * interval.toMillis());
      keep(context.after(Duration.ofMillis(first), () -> {
        keep(context.every(interval, () -> turn(healthy)));
        turn(healthy);
      }));
    }
  }

  private synchronized void keep(Registration timer) {
    if (closed) {
      timer.close();
    } else {
      timers.add(timer);
    }
  }

  private void turn(boolean healthy) {
    for (TargetState target : targets) {
      if (target.healthy() == healthy) {
        enqueue(target);
      }
    }
    startDue();
  }

  private synchronized void enqueue(TargetState target) {
    if (!closed && !pending.containsKey(target)) {
      Probe probe = probes.probe(target, result -> over(target, result));
      pending.put(target, probe);
      due.add(probe);
    }
  }

  private void startDue() {
    for (Optional<Probe> next = next(); next.isPresent(); next = next()) {
      next.get().start();
    }
  }

  private synchronized Optional<Probe> next() {
    if (closed || running >= settings.concurrency() || due.isEmpty()) {
      return Optional.empty();
    }
    running++;
    return Optional.of(due.remove());
  }

  private void over(TargetState target, Probe.Result result) {
    synchronized (this) {
      if (closed) {
        return;
      }
      pending.remove(target);
      running--;
    }
    report(target, result);
    startDue();
  }

  private void report(TargetState target, Probe.Result result) {
    if (result instanceof Probe.Result.Connected) {
      sink.report(target, Observation.SUCCESS, settings.healthy().successes());
    } else if (result instanceof Probe.Result.Answered answered) {
      reportStatus(target, answered.status());
    } else if (result instanceof Probe.Result.Broken) {
      sink.report(target, Observation.TCP_FAILURE, settings.unhealthy().tcpFailures());
    } else if (result instanceof Probe.Result.TimedOut) {
      sink.report(target, Observation.TIMEOUT, settings.unhealthy().timeouts());
    }
  }

  private void reportStatus(TargetState target, OptionalInt status) {
    if (status.isPresent() && settings.healthy().statuses().get(status.getAsInt())) {
      sink.report(target, Observation.SUCCESS, settings.healthy().successes());
    } else if (status.isEmpty() || settings.unhealthy().statuses().get(status.getAsInt())) {
      sink.report(target, Observation.HTTP_FAILURE, settings.unhealthy().httpFailures());
    }
  }

  @Override
  public void close() {
    List<Probe> underWay;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      timers.forEach(Registration::close);
      timers.clear();
      due.clear();
      underWay = List.copyOf(pending.values());
      pending.clear();
    }
    underWay.forEach(Probe::cancel);
  }
}
