package dev.sluice.plugins.prometheus;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.filter.FilterFactory;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.pf4j.Extension;

/** Contributes the filter {@code prometheus} and the endpoint {@code /metrics}. */
@Extension
public final class PrometheusPlugin implements GatewayPlugin {

  private static final Map.Entry<String, String> TEXT = Map.entry("Content-Type", "text/plain; charset=UTF-8");

  private final Traffic traffic = new Traffic();
  private final PrometheusFactory factory = new PrometheusFactory(traffic);
  private PluginContext lent;
  private Published published;
  private Meters meters;

  @Override
  public void start(PluginContext context) {
    lent = context;
    published = new Published(context);
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return List.of(new AdminEndpoint("GET", "/metrics", call -> metrics()));
  }

  /** Many series take a while to write, for which no event loop should wait. */
  private Future<AdminResponse> metrics() {
    return lent.blocking(() -> new AdminResponse(200, List.of(TEXT), Buffer.buffer(text())));
  }

  private String text() {
    Exposition exposition = new Exposition();
    JsonObject status = lent.node().status();
    new NodeMetrics(lent.node(), status).write(exposition);
    traffic.write(exposition);
    if (factory.tellsHealth()) {
      new UpstreamHealth(lent.upstreams()).write(exposition);
    }
    return exposition.text() + meters().text(status, traffic.decisions(), factory.tellsHealth());
  }

  private synchronized Meters meters() {
    if (meters == null) {
      meters = new Meters(lent, published);
    }
    return meters;
  }
}
