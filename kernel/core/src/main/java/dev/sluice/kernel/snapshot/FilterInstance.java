package dev.sluice.kernel.snapshot;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.kernel.registry.FilterBinding;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A filter that serves, with the entity that configures it. It moves on from snapshot to snapshot as long as neither
 * the entity nor the generation of its jar changes.
 */
public final class FilterInstance {

  private static final Logger log = LoggerFactory.getLogger(FilterInstance.class);

  /** Twice within this time is no accident, such as classes that are loaded on a machine under load. */
  private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(10);

  private static final long SUSPENDED_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Whether any has ever been suspended: only then it is worth while to look. */
  private static volatile boolean anySuspended;

  private final PluginConfig config;
  private final String workspace;
  private final Optional<FilterBinding> binding;
  private final int priority;
  private final Filter filter;
  private final List<GroupDefinition> groups;
  private boolean heldUp;
  private long heldUpAt;
  private volatile boolean suspended;
  private volatile long suspendedUntil;

  FilterInstance(PluginConfig config, String workspace, Optional<FilterBinding> binding, Filter filter) {
    this.config = config;
    this.workspace = workspace;
    this.binding = binding;
    this.priority = binding.map(found -> found.factory().priority()).orElse(Integer.MAX_VALUE);
    this.filter = filter;
    this.groups = filter instanceof DeploymentStrategy strategy ? List.copyOf(strategy.groups()) : List.of();
  }

  /** The entity. */
  public PluginConfig config() {
    return config;
  }

  /** The id of its workspace. */
  String workspace() {
    return workspace;
  }

  /** Where the filter comes from; empty when no loaded jar brings it, and the instance refuses all requests. */
  public Optional<FilterBinding> binding() {
    return binding;
  }

  /** The filter. */
  public Filter filter() {
    return filter;
  }

  /** The filter, which is a strategy of deployment. */
  public DeploymentStrategy strategy() {
    return (DeploymentStrategy) filter;
  }

  /** The groups of a strategy. */
  List<GroupDefinition> groups() {
    return groups;
  }

  /** What it means that no jar brings a filter that is configured. */
  public enum Absence {
    /** One does. */
    NONE,
    /** It may be a guard: its routes refuse requests. */
    REFUSING,
    /** It was a strategy of deployment, whose jar was taken out: the hosts of its services serve. */
    WITHDRAWN
  }

  /** Whether a jar brings it, and else what that means. */
  public Absence absence() {
    if (binding.isPresent()) {
      return Absence.NONE;
    }
    return filter instanceof WithdrawnStrategy ? Absence.WITHDRAWN : Absence.REFUSING;
  }

  /** Whether it is, or was before its jar was taken out, a strategy of deployment. */
  public boolean places() {
    return filter instanceof DeploymentStrategy || filter instanceof WithdrawnStrategy;
  }

  /** It has held up an event loop; when it did so shortly before as well, it is suspended. From any thread. */
  public synchronized void heldUp() {
    long now = System.nanoTime();
    boolean again = heldUp && now - heldUpAt < MEMORY_NANOS;
    heldUp = true;
    heldUpAt = now;
    if (again) {
      suspendedUntil = now + SUSPENDED_NANOS;
      suspended = true;
      anySuspended = true;
      log.error("plugin {} is suspended for {} s: it has held up event loops again", this, SUSPENDED_NANOS / 1_000_000_000);
    }
  }

  /** Whether any filter may be suspended. */
  public static boolean anySuspended() {
    return anySuspended;
  }

  /** Whether it is not to be called, since it has held up event loops. */
  public boolean suspended() {
    if (suspended && System.nanoTime() - suspendedUntil >= 0) {
      suspended = false;
      log.warn("plugin {} is suspended no more", this);
    }
    return suspended;
  }

  /** Whether it may say who the client is. */
  public boolean authenticates() {
    return binding.map(found -> found.factory().authenticates()).orElse(false);
  }

  int priority() {
    return priority;
  }

  /**
   * Compares by identity: an entity that was not written is the same object, and a factory is what one generation of a jar
   * has brought, whatever it takes for its equal.
   */
  @SuppressWarnings("ReferenceEquality")
  boolean serves(PluginConfig wanted, Optional<FilterBinding> from) {
    boolean sameFactory =
        binding.isPresent() && from.isPresent()
            ? binding.get().factory() == from.get().factory()
            : binding.isEmpty() && from.isEmpty();
    return config == wanted && sameFactory;
  }

  @Override
  public String toString() {
    return config.name() + " (" + config.id() + ")";
  }
}
