package dev.sluice.plugins.proxycache;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code proxy-cache} and the endpoints that look into its memory. */
@Extension
public final class ProxyCachePlugin implements GatewayPlugin {

  private Memory memory;
  private ProxyCacheFactory factory;
  private CacheEndpoints endpoints;

  @Override
  public void start(PluginContext context) {
    memory = new Memory(context.clock());
    factory = new ProxyCacheFactory(memory);
    endpoints = new CacheEndpoints(memory, context);
  }

  @Override
  public void stop() {
    memory.clear();
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return endpoints.all();
  }
}
