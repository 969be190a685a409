package dev.sluice.api.schema;

import java.time.Clock;
import java.util.Map;

/**
 * What a schema may need while it runs.
 *
 * @param clock for automatic timestamps
 * @param configs the schemas of the filters that may be configured, by name
 * @param flavor the node's router flavor, on which some checks of routes depend
 * @param vaults the schemas of the vaults that are installed, by name
 */
public record SchemaRun(
    Clock clock, Map<String, ConfigSchema<?>> configs, String flavor, Map<String, ConfigSchema<?>> vaults) {

  /** A run without vaults. */
  public SchemaRun(Clock clock, Map<String, ConfigSchema<?>> configs, String flavor) {
    this(clock, configs, flavor, Map.of());
  }
}
