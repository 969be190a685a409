package dev.sluice.plugins.explain;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import java.util.List;
import org.pf4j.Extension;

/** Contributes {@code /explain}. */
@Extension
public final class ExplainPlugin implements GatewayPlugin {

  private List<AdminEndpoint> endpoints = List.of();

  @Override
  public void start(PluginContext context) {
    RequestExplanation requests = new RequestExplanation(context);
    ShareExplanation shares = new ShareExplanation(context);
    endpoints = List.of(
        new AdminEndpoint("POST", "/explain", requests::answer).readingOnly(),
        new AdminEndpoint("POST", "/explain/canary", shares::answer).readingOnly());
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return endpoints;
  }
}
