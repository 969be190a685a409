package dev.sluice.api.schema;

import java.time.Clock;
import java.util.Map;

/**
 * What a schema may need while it runs.
 *
 * @param clock for automatic timestamps
 * @param configs the schemas of the filters that may be configured, by name
 * @param flavor the node's router flavor, on which some checks of routes depend
 */
public record SchemaRun(Clock clock, Map<String, ConfigSchema<?>> configs, String flavor) {}
