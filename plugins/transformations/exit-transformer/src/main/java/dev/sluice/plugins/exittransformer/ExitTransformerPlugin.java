package dev.sluice.plugins.exittransformer;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.serverless.lua.ExitFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code exit-transformer}. */
@Extension
public final class ExitTransformerPlugin implements GatewayPlugin {

  private static final int PRIORITY = 9999;

  private ExitFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new ExitFactory("exit-transformer", PRIORITY, context);
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
