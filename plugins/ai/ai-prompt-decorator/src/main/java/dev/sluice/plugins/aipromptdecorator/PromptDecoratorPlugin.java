package dev.sluice.plugins.aipromptdecorator;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code ai-prompt-decorator}. */
@Extension
public final class PromptDecoratorPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new PromptDecoratorFactory());
  }
}
