package dev.sluice.plugins.traffic;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import java.time.Duration;
import java.util.List;
import org.pf4j.Extension;

/** Contributes {@code /traffic} and {@code /traffic/tail}. */
@Extension
public final class TrafficPlugin implements GatewayPlugin {

  private static final Duration LOOK = Duration.ofSeconds(5);

  private List<AdminEndpoint> endpoints = List.of();

  @Override
  public void start(PluginContext context) {
    Counts counts = new Counts(context.clock());
    Tail tail = new Tail(context.clock());
    Names names = new Names(context);
    context.onRequest(() -> counts.loop(tail));
    context.every(LOOK, tail::forget);
    endpoints = List.of(
        new AdminEndpoint("GET", "/traffic", new TrafficEndpoint(context, counts, names)::answer),
        new AdminEndpoint("GET", "/traffic/tail", new TailEndpoint(tail, names)::answer));
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return endpoints;
  }
}
