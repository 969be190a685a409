package dev.sluice.plugins.standardwebhooks;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code standard-webhooks}. */
@Extension
public final class StandardWebhooksPlugin implements GatewayPlugin {

  private StandardWebhooksFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new StandardWebhooksFactory(context.clock());
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
