package dev.sluice.plugins.aipromptguard;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code ai-prompt-guard}. */
@Extension
public final class PromptGuardPlugin implements GatewayPlugin {

  private PromptGuardFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new PromptGuardFactory(context);
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
