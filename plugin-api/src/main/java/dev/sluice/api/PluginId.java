package dev.sluice.api;

/**
 * Identifies one loaded generation of a plugin jar. Two generations of one plugin may live side by side while the
 * older one drains.
 *
 * @param name the plugin's name as its manifest gives it, such as {@code key-auth}
 * @param version the plugin's own version
 * @param generation the first characters of the SHA-256 of the jar
 */
public record PluginId(String name, String version, String generation) {

  @Override
  public String toString() {
    return name + "#" + generation;
  }
}
