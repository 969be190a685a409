package dev.sluice.kernel.snapshot;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which filters run on a route. A slot stands for one filter name; which of its configurations runs may depend on the
 * consumer, who is known only when the filters of higher priority have run.
 */
public final class ChainPlan {

  /** The plan where no filter runs: one for all such routes. */
  static final ChainPlan NOTHING = new ChainPlan(List.of());

  private final Slot[] slots;
  private final Chain base;
  private final boolean dependsOnConsumer;
  private final Map<String, Chain> ofConsumers = new ConcurrentHashMap<>();
  private final boolean logs;
  private final List<FilterInstance> strategies;
  private final List<Filter.ClientCertificates> certificateWishes;

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

    private Stream<FilterInstance> all() {
      return Stream.concat(Stream.ofNullable(base), byConsumer.values().stream());
    }

    private boolean logs() {
      return all().anyMatch(each -> each.filter() instanceof Filter.Log);
    }
  }

  ChainPlan(List<Slot> slots) {
    this.slots = slots.toArray(Slot[]::new);
    List<FilterInstance> unconditional = new ArrayList<>();
    List<FilterInstance> placing = new ArrayList<>();
    List<Filter.ClientCertificates> wishing = new ArrayList<>();
    boolean anyOwn = false;
    boolean anyLog = false;
    for (Slot slot : slots) {
      anyOwn |= !slot.byConsumer().isEmpty();
      anyLog |= slot.logs();
      slot.all().filter(each -> each.filter() instanceof DeploymentStrategy).forEach(placing::add);
      slot.all()
          .map(FilterInstance::filter)
          .filter(Filter.ClientCertificates.class::isInstance)
          .map(Filter.ClientCertificates.class::cast)
          .forEach(wishing::add);
      if (slot.base() != null) {
        unconditional.add(slot.base());
      }
    }
    this.logs = anyLog;
    this.strategies = List.copyOf(placing);
    this.certificateWishes = List.copyOf(wishing);
    this.dependsOnConsumer = anyOwn;
    this.base = unconditional.isEmpty() ? Chain.EMPTY : new Chain(unconditional);
  }

  /** Whether the consumer plays a part. */
  public boolean dependsOnConsumer() {
    return dependsOnConsumer;
  }

  /** The filters that want certificates of clients, for whichever consumer. */
  List<Filter.ClientCertificates> certificateWishes() {
    return certificateWishes;
  }

  /** The strategies of deployment that may be asked, for whichever consumer. */
  List<FilterInstance> strategies() {
    return strategies;
  }

  /** Whether a filter may want to log. */
  public boolean logs() {
    return logs;
  }

  /** The chain when the consumer plays no part: of one without a configuration of its own, or of none. */
  public Chain base() {
    return base;
  }

  /**
   * The chain for a consumer from the first filter on. It is put together when it is first asked for: of all the consumers
   * that have configurations of their own, few may ever come to this route.
   *
   * @param consumerId null for none
   */
  public Chain of(String consumerId) {
    if (consumerId == null || !dependsOnConsumer) {
      return base;
    }
    Chain known = ofConsumers.get(consumerId);
    return known == null ? settle(consumerId) : known;
  }

  private Chain settle(String consumerId) {
    boolean own = false;
    for (Slot slot : slots) {
      own |= slot.byConsumer().containsKey(consumerId);
    }
    return own ? ofConsumers.computeIfAbsent(consumerId, id -> new Chain(chosen(id, slots.length))) : base;
  }

  /** What runs for a consumer in the first few slots. */
  public List<FilterInstance> chosen(String consumerId, int count) {
    List<FilterInstance> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FilterInstance instance = slots[i].of(consumerId);
      if (instance != null) {
        chosen.add(instance);
      }
    }
    return chosen;
  }

  /** The slots by descending priority. */
  public Slot[] slots() {
    return slots;
  }
}
