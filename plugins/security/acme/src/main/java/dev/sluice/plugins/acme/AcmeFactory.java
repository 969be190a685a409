package dev.sluice.plugins.acme;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
record AcmeFactory(
    ConfigSchema<AcmeConfig> schema, Storages storages, Issuer issuer, Sites sites)
    implements FilterFactory<AcmeConfig> {

  static final String NAME = "acme";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 1705;
  }

  @Override
  public Filter create(AcmeConfig config) {
    throw new UnsupportedOperationException("certificates are kept for the plugin that asked for them");
  }

  @Override
  public Filter create(AcmeConfig config, PluginConfig plugin) {
    config.storage().checkSupported();
    sites.remember(plugin.id(), config);
    return new AcmeFilter(config, storages, issuer);
  }
}
