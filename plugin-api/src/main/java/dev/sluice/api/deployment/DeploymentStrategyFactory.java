package dev.sluice.api.deployment;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.FilterFactory;
import java.util.Optional;
import java.util.function.Predicate;

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

  /**
   * Says why a strategy that serves must not be changed like that now, for instance since nobody is healthy where its
   * requests would go. Asked on the control thread for each write of the entity alone, before it is tried and stored; it
   * must not block. Not asked for whole documents, where the health of what they bring is not known yet, nor for writes
   * that are forced.
   *
   * @param healthy whether the workspace has an upstream of a name with a target that this node knows to take requests
   * @return the reason, with which the write is refused; empty when nothing speaks against it
   */
  default Optional<String> objection(PluginConfig before, PluginConfig after, Predicate<String> healthy) {
    return Optional.empty();
  }
}
