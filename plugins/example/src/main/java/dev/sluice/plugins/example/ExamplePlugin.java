package dev.sluice.plugins.example;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.filter.FilterFactory;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code example} and an endpoint that shows what it has counted. */
@Extension
public final class ExamplePlugin implements GatewayPlugin {

  private static final Duration MEMORY = Duration.ofDays(1);

  private RequestCounts counts;

  @Override
  public void start(PluginContext context) {
    counts = new RequestCounts(context.clock());
    context.every(Duration.ofMinutes(1), () -> counts.forget(MEMORY));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new ExampleFactory(counts));
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return List.of(new AdminEndpoint(
        "GET", "/example/counts", call -> Future.succeededFuture(AdminResponse.json(200, counts.toJson()))));
  }
}
