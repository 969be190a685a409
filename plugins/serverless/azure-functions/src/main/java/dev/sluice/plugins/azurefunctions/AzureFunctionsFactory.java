package dev.sluice.plugins.azurefunctions;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.serverless.FunctionClient;

/** Makes the filters. */
final class AzureFunctionsFactory implements FilterFactory<AzureFunctionsConfig> {

  private final PluginContext lent;
  private final FunctionClient client;

  AzureFunctionsFactory(PluginContext lent) {
    this.lent = lent;
    this.client = new FunctionClient(lent);
  }

  @Override
  public String name() {
    return "azure-functions";
  }

  @Override
  public int priority() {
    return 749;
  }

  @Override
  public ConfigSchema<AzureFunctionsConfig> schema() {
    return AzureFunctionsConfig.SCHEMA;
  }

  @Override
  public Filter create(AzureFunctionsConfig config) {
    return new AzureFunctionsFilter(config, client, lent);
  }
}
