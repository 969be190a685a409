package dev.sluice.plugins.mirror;

import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.Onlooker;
import dev.sluice.api.deployment.RolloutStatus;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.ShadowStrategy;
import dev.sluice.api.deployment.TargetGroups;
import dev.sluice.api.entity.Route;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.plugins.mirror.Findings.Drop;
import dev.sluice.plugins.mirror.Findings.Figures;
import dev.sluice.plugins.mirror.Findings.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** Leaves all requests alone, and has some of them copied. */
final class Mirror implements ShadowStrategy {

  static final String SHADOW = "shadow";
  static final String MARK = "X-Sluice-Mirror";
  private static final double ALL = 100;

  private final MirrorConfig config;
  private final Findings findings;
  private final Desk desk;
  private final Comparison comparison;
  private final Selection chosen;

  Mirror(MirrorConfig config, Findings findings, Desk desk) {
    this.config = config;
    this.findings = findings;
    this.desk = desk;
    this.comparison = new Comparison(config.compare());
    this.chosen = Selection.of(Selection.REST, "copied to " + config.upstream());
  }

  @Override
  public List<GroupDefinition> groups() {
    return List.of(GroupDefinition.upstream(SHADOW, config.upstream()));
  }

  @Override
  public Selection select(RequestContext context, TargetGroups groups) {
    return chosen;
  }

  @Override
  public Optional<Onlooker> onlooker(RequestContext context) {
    if (!chance(config.percentage())) {
      return Optional.empty();
    }
    Figures figures = findings.figures();
    figures.steps.add(Step.REQUESTS);
    Optional<Drop> obstacle = obstacle(context);
    if (obstacle.isPresent()) {
      figures.dropped.add(obstacle.get());
      return Optional.empty();
    }
    return Optional.of(new Pair(this, figures, asked(context)));
  }

  /** What keeps a request from being copied; if nothing does, a place among those under way is taken. */
  private Optional<Drop> obstacle(RequestContext context) {
    if (!config.methods().contains(context.upstreamRequest().method())) {
      return Optional.of(Drop.METHOD);
    }
    if (context.request().headers().contains(MARK)) {
      return Optional.of(Drop.MARKED);
    }
    if (context.request().headers().contains("Upgrade") || grpc(context)) {
      return Optional.of(Drop.STREAMING);
    }
    if (length(context).orElse(0) > config.maxBody()) {
      return Optional.of(Drop.REQUEST_BODY);
    }
    return findings.take(config.maxInFlight()) ? Optional.empty() : Optional.of(Drop.IN_FLIGHT);
  }

  private static boolean grpc(RequestContext context) {
    return context
        .match()
        .flatMap(match -> match.definition().service())
        .map(service -> service.protocol().startsWith("grpc"))
        .orElse(false);
  }

  private static OptionalLong length(RequestContext context) {
    Optional<String> length = context.request().headers().get("Content-Length");
    try {
      return length.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length.get().trim()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static Pair.Asked asked(RequestContext context) {
    Optional<Route> route = context.match().map(match -> match.definition()).map(RouteDefinition::route);
    String name = route.map(each -> each.name().orElse(each.id())).orElse("");
    String path = PathPattern.of(context.request().path());
    return new Pair.Asked(
        context.startedAtMillis(),
        context.id(),
        context.upstreamRequest().method(),
        path,
        name,
        name.replace(' ', '_') + " " + path);
  }

  private static boolean chance(double percentage) {
    return percentage >= ALL || percentage > 0 && ThreadLocalRandom.current().nextDouble() * ALL < percentage;
  }

  /** Whether a request is one that its own upstream is asked again for, whatever is found. */
  boolean probes() {
    return chance(config.noisePercentage());
  }

  /** Whether upstreams are ever asked again. */
  boolean learns() {
    return config.noisePercentage() > 0;
  }

  int maxBody() {
    return config.maxBody();
  }

  Comparison comparison() {
    return comparison;
  }

  Desk desk() {
    return desk;
  }

  Findings findings() {
    return findings;
  }

  /** What a copy bears, so that a server can tell it from a request, and a gateway does not copy it once more. */
  static Map<String, String> mark(String what) {
    return Map.of(MARK, what);
  }

  @Override
  public RolloutStatus status() {
    return new RolloutStatus("mirroring", Map.of(Selection.REST, 1.0));
  }
}
