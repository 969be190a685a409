package dev.sluice.plugins.prometheus;

import dev.sluice.api.PluginContext;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * What Micrometer tells: of the Java machine, under the names that the usual dashboards for it ask for, and of Sluice.
 * It is made when somebody first asks for metrics, so that no start waits for the library. Safe for all threads.
 */
final class Meters implements AutoCloseable {

  /** Dashboards for Micrometer pick what they show by it. */
  private static final Tags APPLICATION = Tags.of("application", "sluice");
  private static final long[] DELAYS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics(APPLICATION);
  private final NodeMeters node;
  private final UpstreamMeters upstreams = new UpstreamMeters(registry);
  private final Rows strategies;
  private final PluginContext lent;

  Meters(PluginContext lent, Published published) {
    this.lent = lent;
    this.node = new NodeMeters(registry, lent.node(), published);
    this.strategies = Rows.counters(registry, "sluice.deployment.requests",
        "Requests by what a strategy of deployment has said of them, and by their status.", Decisions.labels());
    machine();
    Timer delays = Timer.builder("sluice.event.loop.delay")
        .description("By how much what the event loops were asked for ten times a second came late.")
        .serviceLevelObjectives(LongStream.of(DELAYS).mapToObj(Duration::ofMillis).toArray(Duration[]::new))
        .register(registry);
    lent.onRequest(() -> new LoopDelay(delays, System::nanoTime));
    lent.own(this);
  }

  private void machine() {
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics(APPLICATION).bindTo(registry);
    new JvmThreadMetrics(APPLICATION).bindTo(registry);
    new ClassLoaderMetrics(APPLICATION).bindTo(registry);
    new ProcessorMetrics(APPLICATION).bindTo(registry);
    new UptimeMetrics(APPLICATION).bindTo(registry);
    new FileDescriptorMetrics(APPLICATION).bindTo(registry);
    collections.bindTo(registry);
  }

  /**
   * All of it as text.
   *
   * @param status what the node reports
   * @param decisions what was counted of strategies
   * @param health whether upstreams are told of
   */
  synchronized String text(JsonObject status, Decisions decisions, boolean health) {
    node.show(status);
    decisions.read(strategies::add);
    strategies.show();
    if (health) {
      upstreams.show(lent.upstreams().all());
    }
    return registry.scrape();
  }

  /** Lets go of the beans that tell of collections, which would keep this jar in memory. */
  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
