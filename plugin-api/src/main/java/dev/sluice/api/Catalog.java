package dev.sluice.api;

import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.vault.VaultFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is loaded on this node: the union of what the jars contribute, in one immutable version. A later change of the
 * jars makes a new catalog.
 */
public interface Catalog {

  /** Counts the changes of the jars on this node, from 1. */
  long version();

  /** The filters that may be configured, by name, sorted by name. */
  Map<String, FilterFactory<?>> filters();

  /** All entity types, those of the core included, by their schema names. */
  Map<String, EntityType<?>> entityTypes();

  /** The kinds of vaults, by name. */
  default Map<String, VaultFactory<?>> vaults() {
    return Map.of();
  }

  /** The endpoints that plugins add. */
  List<AdminEndpoint> adminEndpoints();

  /** One entity type. */
  default Optional<EntityType<?>> entityType(String name) {
    return Optional.ofNullable(entityTypes().get(name));
  }
}
