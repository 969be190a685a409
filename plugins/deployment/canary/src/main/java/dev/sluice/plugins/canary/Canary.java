package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.GroupDefinition;
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

/** Sends a share of the clients to the canary, and leaves all others where they would go without it. */
final class Canary implements DeploymentStrategy {

  private static final String GROUP = "canary";
  private static final Selection IN = Selection.of(GROUP, "bucket within the share");
  private static final Selection OUT = Selection.of(Selection.REST, "bucket beyond the share");
  private static final Selection ASKED_IN = Selection.of(GROUP, "the header says always");
  private static final Selection ASKED_OUT = Selection.of(Selection.REST, "the header says never");
  private static final Selection MEMBER_IN = Selection.of(GROUP, "its groups");
  private static final Selection MEMBER_OUT = Selection.of(Selection.REST, "its groups");
  private static final Selection FALLBACK = Selection.of(Selection.REST, "the canary has no healthy target");

  private final CanaryConfig config;
  private final Ramp ramp;
  private final Buckets buckets;
  private final String hashHeader;
  private final String byHeader;
  private final AtomicLong turn = new AtomicLong();

  Canary(CanaryConfig config, Ramp ramp, String salt) {
    this.config = config;
    this.ramp = ramp;
    this.buckets = new Buckets(salt, config.steps());
    this.hashHeader = config.hashHeader().orElse("");
    this.byHeader = config.byHeader().orElse("");
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
    Selection wanted = byHeader.isEmpty() ? null : asked(context);
    Selection chosen = wanted == null ? byRule(context, cookie) : wanted;
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

  private Selection byRule(RequestContext context, Optional<String> cookie) {
    return switch (config.hash()) {
      case ALLOW -> member(context, config.groups()) ? MEMBER_IN : MEMBER_OUT;
      case DENY -> member(context, config.groups()) ? MEMBER_OUT : MEMBER_IN;
      case NONE -> buckets.ofTurn(turn.get()) < ramp.reached() ? IN : OUT;
      case CONSUMER, IP, HEADER, COOKIE -> buckets.of(key(context, cookie)) < ramp.reached() ? IN : OUT;
    };
  }

  /** What a client is told by; who lacks it is told by the next best. */
  private String key(RequestContext context, Optional<String> cookie) {
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
  public RolloutStatus status() {
    if (config.hash() == CanaryConfig.Hash.ALLOW || config.hash() == CanaryConfig.Hash.DENY) {
      return new RolloutStatus("by groups", Map.of());
    }
    double share = ramp.share();
    String phase = ramp.fixed() ? "fixed" : share <= 0 ? "waiting" : share >= 1 ? "done" : "ramping";
    return new RolloutStatus(phase, Map.of(GROUP, share, Selection.REST, 1 - share));
  }
}
