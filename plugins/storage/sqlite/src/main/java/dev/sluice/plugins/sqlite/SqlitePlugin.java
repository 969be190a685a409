package dev.sluice.plugins.sqlite;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the store {@code sqlite}. */
@Extension
public final class SqlitePlugin implements GatewayPlugin {

  @Override
  public List<StoreFactory> stores() {
    return List.of(new Factory());
  }

  private record Factory() implements StoreFactory {

    @Override
    public String name() {
      return "sqlite";
    }

    @Override
    public Store create(PluginContext context) {
      return new SqliteStore(context, Settings.of(context.node()));
    }
  }
}
