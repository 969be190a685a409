package dev.sluice.kernel.intake;

import dev.sluice.api.PluginId;
import dev.sluice.kernel.host.JarForm;
import java.nio.file.Path;

/**
 * A jar of the plugins folder that has been checked and copied.
 *
 * @param file its name in the folder
 * @param id what it is, with the beginning of its hash
 * @param copy the private copy, named by its hash
 * @param form what is to be known to load it
 */
public record StagedJar(String file, PluginId id, Path copy, JarForm form) {}
