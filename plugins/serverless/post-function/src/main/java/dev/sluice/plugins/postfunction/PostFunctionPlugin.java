package dev.sluice.plugins.postfunction;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.serverless.lua.FunctionFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code post-function}. */
@Extension
public final class PostFunctionPlugin implements GatewayPlugin {

  private static final int PRIORITY = -1000;

  private FunctionFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new FunctionFactory("post-function", PRIORITY, context);
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
