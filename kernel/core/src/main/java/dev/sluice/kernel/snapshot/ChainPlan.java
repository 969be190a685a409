package dev.sluice.kernel.snapshot;

import dev.sluice.api.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which filters run on a route. A slot stands for one filter name; which of its configurations runs may depend on the
 * consumer, who is known only when the filters of higher priority have run.
 */
public final class ChainPlan {

  private final Slot[] slots;
  private final Chain whole;
  private final boolean logs;

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

    private boolean logs() {
      return base != null && base.filter() instanceof Filter.Log
          || byConsumer.values().stream().anyMatch(each -> each.filter() instanceof Filter.Log);
    }
  }

  ChainPlan(List<Slot> slots) {
    this.slots = slots.toArray(Slot[]::new);
    List<FilterInstance> base = new ArrayList<>();
    boolean dependsOnConsumer = false;
    boolean anyLog = false;
    for (Slot slot : slots) {
      dependsOnConsumer |= !slot.byConsumer().isEmpty();
      anyLog |= slot.logs();
      if (slot.base() != null) {
        base.add(slot.base());
      }
    }
    this.logs = anyLog;
    this.whole = dependsOnConsumer ? null : base.isEmpty() ? Chain.EMPTY : new Chain(base);
  }

  /** Whether the consumer plays a part. */
  public boolean dependsOnConsumer() {
    return whole == null;
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
