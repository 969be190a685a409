package dev.sluice.plugins.session;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class SessionFactory implements FilterFactory<SessionConfig> {

  private final PluginContext context;

  SessionFactory(PluginContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return "session";
  }

  @Override
  public int priority() {
    return 1900;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public ConfigSchema<SessionConfig> schema() {
    return SessionConfig.SCHEMA;
  }

  @Override
  public Filter create(SessionConfig config) {
    return new SessionFilter(config, context);
  }
}
