package dev.sluice.plugins.openidconnect;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code openid-connect}. */
@Extension
public final class OpenidConnectPlugin implements GatewayPlugin {

  private Providers providers = new Providers(new PluginContext() {});

  @Override
  public void start(PluginContext context) {
    providers = new Providers(context);
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new OpenidConnectFactory(providers));
  }
}
