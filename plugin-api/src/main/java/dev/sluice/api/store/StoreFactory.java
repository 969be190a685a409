package dev.sluice.api.store;

import dev.sluice.api.PluginContext;

/** Makes the store of the node. The node's {@code database} setting picks a factory by name. */
public interface StoreFactory {

  /** The name, such as {@code sqlite}. */
  String name();

  /** Makes the store; it opens nothing before {@link Store#open}. */
  Store create(PluginContext context);
}
