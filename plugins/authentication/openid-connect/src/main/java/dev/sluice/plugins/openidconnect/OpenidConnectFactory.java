package dev.sluice.plugins.openidconnect;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class OpenidConnectFactory implements FilterFactory<OidcConfig> {

  private final Providers providers;

  OpenidConnectFactory(Providers providers) {
    this.providers = providers;
  }

  @Override
  public String name() {
    return "openid-connect";
  }

  @Override
  public int priority() {
    return 1050;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public ConfigSchema<OidcConfig> schema() {
    return OidcSchema.SCHEMA;
  }

  @Override
  public Filter create(OidcConfig config) {
    return new OidcFilter(config, providers);
  }
}
