package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes filters that run the scripts of their configuration; the plugins that do so differ in name and priority. */
public final class FunctionFactory implements FilterFactory<FunctionConfig> {

  private final String name;
  private final int priority;
  private final PluginContext lent;
  private final UntrustedLua mode;
  private final ConfigSchema<FunctionConfig> schema;

  /** A factory of that name, for a plugin that has been started. */
  public FunctionFactory(String name, int priority, PluginContext lent) {
    this.name = name;
    this.priority = priority;
    this.lent = lent;
    this.mode = UntrustedLua.of(lent.node());
    this.schema = FunctionConfig.schema(name, mode);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int priority() {
    return priority;
  }

  @Override
  public ConfigSchema<FunctionConfig> schema() {
    return schema;
  }

  @Override
  public Filter create(FunctionConfig config) {
    return create(config, "");
  }

  @Override
  public Filter create(FunctionConfig config, PluginConfig plugin) {
    return create(config, plugin.id());
  }

  private Filter create(FunctionConfig config, String id) {
    if (mode == UntrustedLua.OFF) {
      throw new IllegalStateException(UntrustedLua.OFF_MESSAGE);
    }
    // Loads the libraries with the first script: no request has to, and no node that runs none.
    Environment.of(mode);
    FunctionFilter scripts = new FunctionFilter(name, id, config, lent, mode);
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
