package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.CoreEntities;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What has changed since the last snapshot. */
public final class Changes {

  /** Everything, as at the start or after a change of the jars. */
  public static final Changes ALL = new Changes(Map.of(), true, true);

  /** Addresses of names. */
  public static final Changes NAMES = new Changes(Map.of(), false, true);

  private final Map<String, Set<String>> ids;
  private final boolean everything;
  private final boolean names;

  private Changes(Map<String, Set<String>> ids, boolean everything, boolean names) {
    this.ids = ids;
    this.everything = everything;
    this.names = names;
  }

  /** Certain entities: those that are new, changed or gone. */
  public static Changes of(Map<String, Set<String>> idsByType) {
    // What refers to a secret may change with the vault, and nobody wrote it.
    return idsByType.containsKey(CoreEntities.VAULTS.name()) ? ALL : new Changes(Map.copyOf(idsByType), false, false);
  }

  /** Collects entities. */
  public static final class Collector {
    private final Map<String, Set<String>> ids = new HashMap<>();

    /** Notes one. */
    public void add(String type, String id) {
      ids.computeIfAbsent(type, absent -> new HashSet<>()).add(id);
    }

    /** All that were noted. */
    public Changes changes() {
      return of(ids);
    }
  }

  /** Whether it is not known what has changed. */
  boolean everything() {
    return everything;
  }

  /** Whether addresses of any name may have changed. */
  boolean names() {
    return names;
  }

  /** The entities of a type that have changed. */
  Collection<String> of(String type) {
    return ids.getOrDefault(type, Set.of());
  }

  /** Whether an entity of one of these types has changed. */
  boolean touches(String... types) {
    for (String type : types) {
      if (everything || ids.containsKey(type)) {
        return true;
      }
    }
    return false;
  }
}
