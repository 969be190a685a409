package dev.sluice.plugins.postgres;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the store {@code postgres}. */
@Extension
public final class PostgresPlugin implements GatewayPlugin {

  @Override
  public List<StoreFactory> stores() {
    return List.of(new Factory());
  }

  private record Factory() implements StoreFactory {

    @Override
    public String name() {
      return "postgres";
    }

    @Override
    public Store create(PluginContext context) {
      return new PostgresStore(context, Settings.of(context.node()));
    }
  }
}
