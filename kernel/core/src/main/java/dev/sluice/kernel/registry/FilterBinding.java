package dev.sluice.kernel.registry;

import dev.sluice.api.PluginId;
import dev.sluice.api.filter.FilterFactory;

/**
 * A filter factory and the generation it comes from.
 *
 * @param factory makes the filters
 * @param generation of the jar
 */
public record FilterBinding(FilterFactory<?> factory, PluginId generation) {}
