package dev.sluice.kernel.registry;

import java.util.List;

/**
 * What the node's settings let in of that which jars bring. The word {@code bundled} stands for all.
 *
 * @param filters their names, from the setting {@code plugins}
 * @param vaults the names of the kinds of vaults, from the setting {@code vaults}
 */
public record Enabled(List<String> filters, List<String> vaults) {

  /** Everything. */
  public static final Enabled ALL = new Enabled(List.of("bundled"), List.of("bundled"));

  /** Copies the lists. */
  public Enabled {
    filters = List.copyOf(filters);
    vaults = List.copyOf(vaults);
  }

  boolean filter(String name) {
    return in(filters, name);
  }

  /** Whether a kind of vault is let in. */
  public boolean vault(String name) {
    return in(vaults, name);
  }

  private static boolean in(List<String> names, String name) {
    return names.contains("bundled") || names.contains(name);
  }
}
