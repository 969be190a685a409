package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;

/** Makes filters whose scripts change what the gateway answers by itself. */
public final class ExitFactory extends ScriptFactory<ExitConfig> {

  /** A factory of that name, for a plugin that has been started. */
  public ExitFactory(String name, int priority, PluginContext lent) {
    super(name, priority, lent, ExitConfig::schema);
  }

  @Override
  FunctionConfig scripts(ExitConfig config) {
    return config.scripts();
  }

  @Override
  Filter filter(ExitConfig config, FunctionFilter scripts) {
    return new ExitFilter(scripts, config);
  }
}
