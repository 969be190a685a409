package dev.sluice.plugins.aiprompttemplate;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class PromptTemplateFactory implements FilterFactory<PromptTemplateConfig> {

  @Override
  public String name() {
    return "ai-prompt-template";
  }

  @Override
  public int priority() {
    return 773;
  }

  @Override
  public ConfigSchema<PromptTemplateConfig> schema() {
    return PromptTemplateConfig.SCHEMA;
  }

  @Override
  public Filter create(PromptTemplateConfig config) {
    return new PromptTemplateFilter(config);
  }
}
