package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;

/** Makes filters whose scripts run in the phases of a request. */
public final class FunctionFactory extends ScriptFactory<FunctionConfig> {

  /** A factory of that name, for a plugin that has been started. */
  public FunctionFactory(String name, int priority, PluginContext lent) {
    super(name, priority, lent, FunctionConfig::schema);
  }

  @Override
  FunctionConfig scripts(FunctionConfig config) {
    return config;
  }

  @Override
  Filter filter(FunctionConfig config, FunctionFilter scripts) {
    boolean log = !config.of("log").isEmpty();
    if (scripts.filtersBody()) {
      return log ? new FunctionFilters.WithBodyAndLog(scripts) : new FunctionFilters.WithBody(scripts);
    }
    if (!config.of("header_filter").isEmpty()) {
      return log ? new FunctionFilters.WithHeaderAndLog(scripts) : new FunctionFilters.WithHeader(scripts);
    }
    return log ? new FunctionFilters.WithLog(scripts) : new FunctionFilters.Plain(scripts);
  }
}
