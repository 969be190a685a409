package dev.sluice.api.vault;

import dev.sluice.api.schema.ConfigSchema;

/**
 * A kind of vault. A reference names it, or a {@code vaults} entity that configures it.
 *
 * @param <C> the type that the configuration is decoded to
 */
public interface VaultFactory<C> {

  /** The name in {@code vaults} entities and references, such as {@code env}. Unique on a node. */
  String name();

  /** What the configuration may hold, and how it is decoded; built with {@link ConfigSchema.Builder#alone}. */
  ConfigSchema<C> schema();

  /** Makes a vault. Called for each reference that is looked up: it starts nothing, and is quick. */
  Vault create(C config);
}
