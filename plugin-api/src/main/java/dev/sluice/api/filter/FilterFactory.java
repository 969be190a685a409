package dev.sluice.api.filter;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.schema.ConfigSchema;

/**
 * Makes filters from configuration. A {@code plugins} entity refers to a factory by {@link #name()}.
 *
 * @param <C> the type that the configuration is decoded to
 */
public interface FilterFactory<C> {

  /** The name in {@code plugins} entities, such as {@code key-auth}. Unique on a node. */
  String name();

  /** The version shown in {@code GET /}; by default the level of Kong that the node is compatible with. */
  default String version(NodeInfo node) {
    return node.compatibleVersion();
  }

  /** Filters run by descending priority; those of equal priority by descending name. */
  int priority();

  /** Whether its filters may say who the client is. Told to people who ask where a request would go; it changes nothing. */
  default boolean authenticates() {
    return false;
  }

  /** What the configuration may hold, and how it is decoded. */
  ConfigSchema<C> schema();

  /**
   * Makes the instance that serves requests. Called on the control thread, also for a dry run that is thrown away:
   * it must start nothing.
   *
   * @throws RuntimeException when the configuration cannot be served; the write that brought it is refused
   */
  Filter create(C config);

  /**
   * Makes the instance that serves requests, for a factory that has to know where it is attached, such as one whose
   * filters count for themselves. This is what is called; the rules are those of {@link #create(Object)}.
   *
   * @param plugin the entity; its configuration is what {@code config} was decoded from
   */
  default Filter create(C config, PluginConfig plugin) {
    return create(config);
  }
}
