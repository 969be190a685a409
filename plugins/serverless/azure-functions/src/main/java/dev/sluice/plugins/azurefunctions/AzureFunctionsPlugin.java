package dev.sluice.plugins.azurefunctions;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code azure-functions}. */
@Extension
public final class AzureFunctionsPlugin implements GatewayPlugin {

  private AzureFunctionsFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new AzureFunctionsFactory(context);
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
