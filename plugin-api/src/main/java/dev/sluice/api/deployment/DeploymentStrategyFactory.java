package dev.sluice.api.deployment;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.FilterFactory;

/**
 * Makes strategies from configuration. To everyone who configures it, it is a filter like any other: a {@code plugins}
 * entity attaches it, and the most specific one of a name counts. Strategies of different names are asked by descending
 * priority, after the filters of the phase ACCESS, until one names a group.
 *
 * @param <C> the type that the configuration is decoded to
 */
public interface DeploymentStrategyFactory<C> extends FilterFactory<C> {

  @Override
  DeploymentStrategy create(C config);

  @Override
  default DeploymentStrategy create(C config, PluginConfig plugin) {
    return create(config);
  }
}
