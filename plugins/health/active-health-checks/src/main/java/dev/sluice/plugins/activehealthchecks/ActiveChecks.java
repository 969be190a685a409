package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.PluginContext;
import dev.sluice.api.upstream.HealthChecker;
import dev.sluice.api.upstream.HealthCheckerFactory;
import dev.sluice.api.upstream.HealthSink;
import dev.sluice.api.upstream.UpstreamView;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes a checker for upstreams whose {@code healthchecks.active} has an interval above 0. */
final class ActiveChecks implements HealthCheckerFactory {

  private final PluginContext context;
  private final ProbeClients clients;
  private final boolean streams;
  private final SplittableRandom random = new SplittableRandom();

  ActiveChecks(PluginContext context) {
    this.context = context;
    clients = new ProbeClients(context);
    String listeners = context.node().setting("stream_listen").orElse("off");
    streams = !listeners.isBlank() && !listeners.equals("off");
  }

  @Override
  public String name() {
    return "active-health-checks";
  }

  @Override
  public Optional<HealthChecker> create(UpstreamView view, HealthSink sink) {
    ActiveSettings settings = ActiveSettings.of(view.upstream().healthchecks());
    if (!settings.on()) {
      return Optional.empty();
    }
    if (!probes(settings.type())) {
      return Optional.of(IDLE);
    }
    ProbeFactory probes = new ProbeFactory(context, clients, settings, view);
    ActiveChecker checker = new ActiveChecker(view, settings, probes, sink);
    checker.start(context, random.nextDouble());
    return Optional.of(checker);
  }

  /** Kong takes more types than it probes: tcp is for streams, and gRPC is probed by nobody. */
  private boolean probes(String type) {
    return switch (type) {
      case "http", "https" -> true;
      case "tcp" -> streams;
      default -> false;
    };
  }

  /** Does nothing, yet makes the upstream count as checked, as its settings say. */
  private static final HealthChecker IDLE = new HealthChecker() {};
}
