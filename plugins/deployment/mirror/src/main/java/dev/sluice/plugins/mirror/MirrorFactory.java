package dev.sluice.plugins.mirror;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.deployment.PerPlugin;

/** Makes the strategies. */
record MirrorFactory(PerPlugin<Findings> mirrors, Desk desk) implements DeploymentStrategyFactory<MirrorConfig> {

  static final String NAME = "mirror";

  /** Above canary, which is 20: whoever names a group ends the asking. */
  private static final int PRIORITY = 30;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public ConfigSchema<MirrorConfig> schema() {
    return MirrorConfig.SCHEMA;
  }

  @Override
  public DeploymentStrategy create(MirrorConfig config) {
    return new Mirror(config, new Findings(desk.now()), desk);
  }

  @Override
  public DeploymentStrategy create(MirrorConfig config, PluginConfig plugin) {
    return new Mirror(config, mirrors.of(plugin.id(), () -> new Findings(desk.now())), desk);
  }
}
