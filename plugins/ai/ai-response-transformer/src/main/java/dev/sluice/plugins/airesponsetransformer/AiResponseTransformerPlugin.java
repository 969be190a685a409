package dev.sluice.plugins.airesponsetransformer;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.plugins.ai.llm.Llm;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code ai-response-transformer}. */
@Extension
public final class AiResponseTransformerPlugin implements GatewayPlugin {

  private TransformerFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new TransformerFactory(new Llm.Lent(context, System.getenv()));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
