package dev.sluice.plugins.aiproxy;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.ai.llm.Llm;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code ai-proxy}. */
@Extension
public final class AiProxyPlugin implements GatewayPlugin {

  private AiProxyFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new AiProxyFactory(new Llm.Lent(context, System.getenv()));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
