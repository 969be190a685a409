package dev.sluice.plugins.ratelimiting;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.traffic.Policies;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code rate-limiting}. */
@Extension
public final class RateLimitingPlugin implements GatewayPlugin {

  private RateLimitingFactory factory;

  @Override
  public void start(PluginContext context) {
    boolean database = !context.node().setting("database").orElse("").equals("off");
    factory = new RateLimitingFactory(new Policies(context), RateLimitingConfig.schema(database));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
