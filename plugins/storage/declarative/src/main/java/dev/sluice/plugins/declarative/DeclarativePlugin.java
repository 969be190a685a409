package dev.sluice.plugins.declarative;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the store {@code off} and the endpoints {@code /config}. */
@Extension
public final class DeclarativePlugin implements GatewayPlugin {

  private PluginContext context;

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public List<StoreFactory> stores() {
    return List.of(new Factory());
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return new ConfigEndpoints(context).all();
  }

  private record Factory() implements StoreFactory {

    @Override
    public String name() {
      return "off";
    }

    @Override
    public Store create(PluginContext lent) {
      return new DeclarativeStore(lent, Settings.of(lent.node()));
    }
  }
}
