package dev.sluice.plugins.prometheus;

import dev.sluice.api.NodeInfo;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What the node tells of itself beyond Kong's names. For one thread. */
final class NodeMeters {

  private final Rows jars;
  private JsonObject status = new JsonObject();

  /**
   * Registers them.
   *
   * @param published when the configuration that serves was published
   */
  NodeMeters(MeterRegistry registry, NodeInfo node, Published published) {
    Gauge.builder("sluice.info", () -> 1)
        .description("The gateway's version, and that of Kong which it is compatible with.")
        .tag("version", node.version())
        .tag("kong_version", node.compatibleVersion())
        .register(registry);
    gauge(registry, "sluice.ready", "Whether listeners are open and the store is there: 1, or 0.",
        now -> now.getBoolean("ready") ? 1 : 0);
    gauge(registry, "sluice.requests.in.flight", "Requests that are under way.", now -> now.getLong("requests_in_flight"));
    gauge(registry, "sluice.client.connections", "Connections of clients that are open.",
        now -> now.getLong("connections_active"));
    gauge(registry, "sluice.configuration.version", "Counts the configurations that this node has served.",
        now -> now.getLong("snapshot"));
    TimeGauge.builder("sluice.configuration.published.timestamp", published, TimeUnit.MILLISECONDS, Published::millis)
        .description("When the configuration that serves was published, since the epoch.")
        .register(registry);
    gauge(registry, "sluice.plugin.class.loaders.uncollected", "Class loaders of jars that have gone, still in memory.",
        now -> now.getLong("uncollected_class_loaders"));
    jars = Rows.gauges(registry, "sluice.plugin.jars", "Jars of plugins, by the state they are in.",
        List.of("plugin", "version", "state"));
  }

  private void gauge(MeterRegistry registry, String name, String help, ToDoubleFunction<JsonObject> value) {
    Gauge.builder(name, this, self -> value.applyAsDouble(self.status)).description(help).register(registry);
  }

  /** Takes over what the node reports now. */
  void show(JsonObject report) {
    status = report;
    for (Object each : report.getJsonArray("plugins", new JsonArray())) {
      JsonObject jar = (JsonObject) each;
      jars.add(1, jar.getString("name"), jar.getString("version", ""), jar.getString("state"));
    }
    jars.show();
  }
}
