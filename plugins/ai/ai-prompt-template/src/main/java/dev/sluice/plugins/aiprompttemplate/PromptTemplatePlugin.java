package dev.sluice.plugins.aiprompttemplate;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code ai-prompt-template}. */
@Extension
public final class PromptTemplatePlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new PromptTemplateFactory());
  }
}
