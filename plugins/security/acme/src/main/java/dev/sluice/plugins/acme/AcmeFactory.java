package dev.sluice.plugins.acme;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
record AcmeFactory(
    ConfigSchema<AcmeConfig> schema, boolean database, Storages storages, Issuer issuer, Sites sites)
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
    if (!database) {
      throw new IllegalArgumentException("without a database there is nowhere to keep certificates that listeners show");
    }
    sites.remember(plugin.id(), config);
    return new AcmeFilter(config, storages, issuer);
  }
}
