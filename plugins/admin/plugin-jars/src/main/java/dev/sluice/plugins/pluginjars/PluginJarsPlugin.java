package dev.sluice.plugins.pluginjars;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the endpoints {@code /plugin-jars}. */
@Extension
public final class PluginJarsPlugin implements GatewayPlugin {

  private JarEndpoints endpoints;

  @Override
  public void start(PluginContext context) {
    endpoints = new JarEndpoints(context);
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return endpoints.all();
  }
}
