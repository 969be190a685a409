package dev.sluice.plugins.aipromptdecorator;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class PromptDecoratorFactory implements FilterFactory<PromptDecoratorConfig> {

  @Override
  public String name() {
    return "ai-prompt-decorator";
  }

  @Override
  public int priority() {
    return 772;
  }

  @Override
  public ConfigSchema<PromptDecoratorConfig> schema() {
    return PromptDecoratorConfig.SCHEMA;
  }

  @Override
  public Filter create(PromptDecoratorConfig config) {
    return new PromptDecoratorFilter(config);
  }
}
