package dev.sluice.plugins.aipromptguard;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class PromptGuardFactory implements FilterFactory<PromptGuardConfig> {

  private final PluginContext lent;

  PromptGuardFactory(PluginContext lent) {
    this.lent = lent;
  }

  @Override
  public String name() {
    return "ai-prompt-guard";
  }

  @Override
  public int priority() {
    return 771;
  }

  @Override
  public ConfigSchema<PromptGuardConfig> schema() {
    return PromptGuardConfig.SCHEMA;
  }

  @Override
  public Filter create(PromptGuardConfig config) {
    return new PromptGuardFilter(config, lent);
  }
}
