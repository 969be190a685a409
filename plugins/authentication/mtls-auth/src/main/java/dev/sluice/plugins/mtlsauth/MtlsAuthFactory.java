package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class MtlsAuthFactory implements FilterFactory<MtlsAuthConfig> {

  private final PluginContext context;

  MtlsAuthFactory(PluginContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return "mtls-auth";
  }

  @Override
  public int priority() {
    return 1600;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public ConfigSchema<MtlsAuthConfig> schema() {
    return MtlsAuthConfig.SCHEMA;
  }

  @Override
  public Filter create(MtlsAuthConfig config) {
    return new MtlsAuthFilter(config, new Verdicts(context, config.verification()));
  }
}
