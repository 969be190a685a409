package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import java.util.function.BiFunction;

/**
 * Makes filters that run the scripts of their configuration; the plugins that do so differ in name and priority.
 *
 * @param <C> the configuration
 */
abstract class ScriptFactory<C> implements FilterFactory<C> {

  private final String name;
  private final int priority;
  private final PluginContext lent;
  private final UntrustedLua mode;
  private final ConfigSchema<C> schema;

  ScriptFactory(String name, int priority, PluginContext lent, BiFunction<String, UntrustedLua, ConfigSchema<C>> schema) {
    this.name = name;
    this.priority = priority;
    this.lent = lent;
    this.mode = UntrustedLua.of(lent.node());
    this.schema = schema.apply(name, mode);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int priority() {
    return priority;
  }

  @Override
  public final ConfigSchema<C> schema() {
    return schema;
  }

  @Override
  public final Filter create(C config) {
    return create(config, "");
  }

  @Override
  public final Filter create(C config, PluginConfig plugin) {
    return create(config, plugin.id());
  }

  private Filter create(C config, String id) {
    if (mode == UntrustedLua.OFF) {
      throw new IllegalStateException(UntrustedLua.OFF_MESSAGE);
    }
    // Loads the libraries with the first script: no request has to, and no node that runs none.
    Environment.of(mode);
    return filter(config, new FunctionFilter(name, id, scripts(config), lent, mode));
  }

  /** The scripts of a configuration. */
  abstract FunctionConfig scripts(C config);

  /** What runs them. */
  abstract Filter filter(C config, FunctionFilter scripts);
}
