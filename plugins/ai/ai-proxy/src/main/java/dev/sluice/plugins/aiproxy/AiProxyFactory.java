package dev.sluice.plugins.aiproxy;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.ai.llm.Llm;

/** Makes the filters. */
final class AiProxyFactory implements FilterFactory<AiProxyConfig> {

  private final Llm.Lent lent;

  AiProxyFactory(Llm.Lent lent) {
    this.lent = lent;
  }

  @Override
  public String name() {
    return "ai-proxy";
  }

  @Override
  public int priority() {
    return 770;
  }

  @Override
  public ConfigSchema<AiProxyConfig> schema() {
    return AiProxyConfig.SCHEMA;
  }

  @Override
  public Filter create(AiProxyConfig config) {
    throw new UnsupportedOperationException("the filter must know its id");
  }

  @Override
  public Filter create(AiProxyConfig config, PluginConfig plugin) {
    Llm verified = Llm.of(config.llm(), lent, true);
    Llm unverified = Llm.of(config.llm(), lent, false);
    return new AiProxyFilter(config, new Asking(config, verified, unverified), plugin.id());
  }
}
