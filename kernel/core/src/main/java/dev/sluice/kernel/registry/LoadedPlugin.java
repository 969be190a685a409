package dev.sluice.kernel.registry;

import dev.sluice.api.PluginId;

/**
 * One generation of a plugin that runs.
 *
 * @param id the generation
 * @param file the name of the jar in the plugins folder
 * @param contributions what it contributes
 */
public record LoadedPlugin(PluginId id, String file, Contributions contributions) {}
