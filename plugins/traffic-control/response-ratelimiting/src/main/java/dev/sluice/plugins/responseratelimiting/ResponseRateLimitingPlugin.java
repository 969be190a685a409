package dev.sluice.plugins.responseratelimiting;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.traffic.Policies;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code response-ratelimiting}. */
@Extension
public final class ResponseRateLimitingPlugin implements GatewayPlugin {

  private QuotaFactory factory;

  @Override
  public void start(PluginContext context) {
    boolean database = !context.node().setting("database").orElse("").equals("off");
    factory = new QuotaFactory(new Policies(context), QuotaConfig.schema(database));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
