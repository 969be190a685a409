package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.Cohorts;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RolloutStatus;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.TargetGroups;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.Cookies;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A canary whose clients are told apart by a cookie; those that have none are given one, and counted by it at once. */
final class CookieCanary implements DeploymentStrategy, Filter.Access {

  private static final ContextKey<String> GIVEN = ContextKey.of("canary-cookie", String.class);

  private final Canary canary;
  private final String name;

  CookieCanary(Canary canary, String name) {
    this.canary = canary;
    this.name = name;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (Cookies.first(context.request().headers(), name).isEmpty()) {
      String value = UUID.randomUUID().toString();
      context.put(GIVEN, value);
      context.response().headers().add("Set-Cookie", name + "=" + value + "; Path=/; SameSite=Lax; HttpOnly");
    }
    return Filters.CONTINUE;
  }

  @Override
  public Selection select(RequestContext context, TargetGroups groups) {
    return canary.select(context, groups, Cookies.first(context.request().headers(), name).or(() -> context.get(GIVEN)));
  }

  @Override
  public List<GroupDefinition> groups() {
    return canary.groups();
  }

  @Override
  public Optional<Cohorts> cohorts() {
    return canary.cohorts(Optional.of(name));
  }

  @Override
  public void began(Selection selection) {
    canary.began(selection);
  }

  @Override
  public void ended(Selection selection, RequestOutcome outcome) {
    canary.ended(selection, outcome);
  }

  @Override
  public RolloutStatus status() {
    return canary.status();
  }
}
