package dev.sluice.api.upstream;

/** A compiled algorithm over one version of an upstream. Shared by all event loops. */
public interface LoadBalancer {

  /** A picker for one event loop; what it keeps needs no synchronisation. */
  Picker newPicker();

  /** Told, on any thread, after the health of an address has changed. */
  default void healthChanged() {}
}
