package dev.sluice.plugins.oauth2;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class OauthFactory implements FilterFactory<OauthConfig> {

  private final PluginContext context;

  OauthFactory(PluginContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return "oauth2";
  }

  @Override
  public int priority() {
    return 1400;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public ConfigSchema<OauthConfig> schema() {
    return OauthConfig.SCHEMA;
  }

  @Override
  public Filter create(OauthConfig config) {
    throw new UnsupportedOperationException("a code is good for the plugin that it was made by");
  }

  @Override
  public Filter create(OauthConfig config, PluginConfig plugin) {
    return new OauthFilter(config, plugin.id(), context);
  }
}
