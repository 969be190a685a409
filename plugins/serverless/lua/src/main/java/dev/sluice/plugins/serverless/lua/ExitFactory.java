package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes filters whose scripts change what the gateway answers by itself. */
public final class ExitFactory implements FilterFactory<ExitConfig> {

  private final String name;
  private final int priority;
  private final PluginContext lent;
  private final UntrustedLua mode;
  private final ConfigSchema<ExitConfig> schema;

  /** A factory of that name, for a plugin that has been started. */
  public ExitFactory(String name, int priority, PluginContext lent) {
    this.name = name;
    this.priority = priority;
    this.lent = lent;
    this.mode = UntrustedLua.of(lent.node());
    this.schema = ExitConfig.schema(name, mode);
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
  public ConfigSchema<ExitConfig> schema() {
    return schema;
  }

  @Override
  public Filter create(ExitConfig config) {
    return create(config, "");
  }

  @Override
  public Filter create(ExitConfig config, PluginConfig plugin) {
    return create(config, plugin.id());
  }

  private Filter create(ExitConfig config, String id) {
    if (mode == UntrustedLua.OFF) {
      throw new IllegalStateException(UntrustedLua.OFF_MESSAGE);
    }
    Environment.of(mode);
    return new ExitFilter(new FunctionFilter(name, id, config.scripts(), lent, mode), config);
  }
}
