package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.Cohorts;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RolloutStatus;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.TargetGroups;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.request.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Sends a share of the clients to the canary, and leaves all others where they would go without it. */
final class Canary implements DeploymentStrategy {

  /** The group of the canary's own targets. */
  static final String GROUP = "canary";

  private static final Selection ASKED_IN = Selection.of(GROUP, "the header says always");
  private static final Selection ASKED_OUT = Selection.of(Selection.REST, "the header says never");
  private static final Selection FALLBACK = Selection.of(Selection.REST, "the canary has no healthy target");
  private static final Selection BACK = Selection.of(Selection.REST, "the canary is rolled back");

  private final CanaryConfig config;
  private final Course course;
  private final Rollout rollout;
  private final Function<RequestContext, Optional<State>> states;
  private final LongSupplier clock;
  private final Buckets buckets;
  private final String hashHeader;
  private final String byHeader;
  private final boolean moving;
  private final AtomicLong turn = new AtomicLong();

  /**
   * Makes a strategy.
   *
   * @param rollout what outlives this version of the configuration
   * @param states the stored state, in the configuration that a request began with
   * @param clock milliseconds since the epoch
   */
  Canary(
      Course course,
      Rollout rollout,
      Function<RequestContext, Optional<State>> states,
      LongSupplier clock,
      String salt) {
    this.config = course.config();
    this.course = course;
    this.rollout = rollout;
    this.states = states;
    this.clock = clock;
    this.buckets = new Buckets(salt, config.steps());
    this.hashHeader = config.hashHeader().orElse("");
    this.byHeader = config.byHeader().orElse("");
    this.moving = course.ramp() && config.gate().isPresent();
  }

  CanaryConfig config() {
    return config;
  }

  @Override
  public List<GroupDefinition> groups() {
    return List.of(new GroupDefinition(GROUP, config.host(), config.port(), config.uri()));
  }

  @Override
  public Selection select(RequestContext context, TargetGroups groups) {
    return select(context, groups, Optional.empty());
  }

  /**
   * Chooses.
   *
   * @param cookie what a client is told by, where cookies are; else empty
   */
  Selection select(RequestContext context, TargetGroups groups, Optional<String> cookie) {
    State state = course.of(states.apply(context));
    if (state.rolledBack()) {
      return BACK;
    }
    Selection wanted = byHeader.isEmpty() ? null : asked(context);
    Selection chosen = wanted == null ? byRule(context, cookie, state) : wanted;
    return config.fallback() && !chosen.rest() && !groups.available(GROUP) ? FALLBACK : chosen;
  }

  private Selection asked(RequestContext context) {
    String value = context.request().headers().get(byHeader).orElse("");
    boolean always = value.equals("always");
    boolean known = always || value.equals("never");
    if (!known || !config.byHeaderGroups().isEmpty() && !member(context, config.byHeaderGroups())) {
      return null;
    }
    return always ? ASKED_IN : ASKED_OUT;
  }

  private static boolean member(RequestContext context, Set<String> of) {
    for (String group : context.groups()) {
      if (of.contains(group)) {
        return true;
      }
    }
    return false;
  }

  private Selection byRule(RequestContext context, Optional<String> cookie, State state) {
    Period period = rollout.period();
    return switch (config.hash()) {
      case ALLOW -> period.byGroup(member(context, config.groups()));
      case DENY -> period.byGroup(!member(context, config.groups()));
      case NONE -> period.byShare(buckets.ofTurn(turn.get()) < course.reached(state, clock.getAsLong()));
      case CONSUMER, IP, HEADER, COOKIE ->
          period.byShare(buckets.of(key(context, cookie)) < course.reached(state, clock.getAsLong()));
    };
  }

  @Override
  public Optional<Cohorts> cohorts() {
    return cohorts(Optional.empty());
  }

  /** As the other, where clients are told by this cookie. */
  Optional<Cohorts> cohorts(Optional<String> cookie) {
    return config.byGroups() ? Optional.empty() : Optional.of(new CanaryCohorts(this, course, buckets, cookie));
  }

  /** The buckets below this number are the canary's now, as far as this node knows. */
  double reached() {
    return course.reached(course.of(rollout.latest()), clock.getAsLong());
  }

  /** Whether the request says itself where it goes. */
  boolean says(RequestContext context) {
    return !byHeader.isEmpty() && asked(context) != null;
  }

  /** What a client is told by; who lacks it is told by the next best. */
  String key(RequestContext context, Optional<String> cookie) {
    if (cookie.isPresent()) {
      return cookie.get();
    }
    if (config.hash() == CanaryConfig.Hash.HEADER) {
      Optional<String> value = context.request().headers().get(hashHeader);
      if (value.isPresent()) {
        return value.get();
      }
    }
    if (config.hash() != CanaryConfig.Hash.IP) {
      Optional<Consumer> consumer = context.consumer();
      if (consumer.isPresent()) {
        return consumer.get().id();
      }
    }
    return context.request().clientAddress();
  }

  @Override
  public void began(Selection selection) {
    if (config.hash() == CanaryConfig.Hash.NONE) {
      turn.incrementAndGet();
    }
  }

  @Override
  public void ended(Selection selection, RequestOutcome outcome) {
    Period period = rollout.period();
    if (moving) {
      period.ended(selection, outcome, course.share(course.of(rollout.latest()), clock.getAsLong()));
    } else {
      period.ended(selection, outcome);
    }
  }

  @Override
  public RolloutStatus status() {
    State state = course.of(rollout.latest());
    long now = clock.getAsLong();
    String phase = course.phase(state, now).toString();
    if (config.byGroups()) {
      return new RolloutStatus(phase, Map.of());
    }
    double share = course.share(state, now);
    return new RolloutStatus(phase, Map.of(GROUP, share, Selection.REST, 1 - share));
  }
}
