package dev.sluice.kernel.snapshot;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which filters run on a route. A slot stands for one filter name; which of its configurations runs may depend on the
 * consumer, who is known only when the filters of higher priority have run.
 */
public final class ChainPlan {

  private final Slot[] slots;
  private final Chain whole;
  private final boolean logs;
  private final List<FilterInstance> strategies;

  /**
   * One filter name.
   *
   * @param base what runs without a consumer; may be null inside the kernel
   * @param byConsumer what runs for consumers that have a configuration of their own
   */
  public record Slot(FilterInstance base, Map<String, FilterInstance> byConsumer) {

    /** The configuration to run, or null for none. */
    public FilterInstance of(String consumerId) {
      FilterInstance own = consumerId == null || byConsumer.isEmpty() ? null : byConsumer.get(consumerId);
      return own == null ? base : own;
    }

    Stream<FilterInstance> all() {
      return Stream.concat(Stream.ofNullable(base), byConsumer.values().stream());
    }

    private boolean logs() {
      return all().anyMatch(each -> each.filter() instanceof Filter.Log);
    }
  }

  ChainPlan(List<Slot> slots) {
    this.slots = slots.toArray(Slot[]::new);
    List<FilterInstance> base = new ArrayList<>();
    List<FilterInstance> placing = new ArrayList<>();
    boolean dependsOnConsumer = false;
    boolean anyLog = false;
    for (Slot slot : slots) {
      dependsOnConsumer |= !slot.byConsumer().isEmpty();
      anyLog |= slot.logs();
      slot.all().filter(each -> each.filter() instanceof DeploymentStrategy).forEach(placing::add);
      if (slot.base() != null) {
        base.add(slot.base());
      }
    }
    this.logs = anyLog;
    this.strategies = List.copyOf(placing);
    this.whole = dependsOnConsumer ? null : base.isEmpty() ? Chain.EMPTY : new Chain(base);
  }

  /** Whether the consumer plays a part. */
  public boolean dependsOnConsumer() {
    return whole == null;
  }

  /** The strategies of deployment that may be asked, for whichever consumer. */
  List<FilterInstance> strategies() {
    return strategies;
  }

  /** Whether a filter may want to log. */
  public boolean logs() {
    return logs;
  }

  /** The chain when the consumer plays no part. */
  public Chain whole() {
    return whole;
  }

  /** The slots by descending priority. */
  public Slot[] slots() {
    return slots;
  }
}
