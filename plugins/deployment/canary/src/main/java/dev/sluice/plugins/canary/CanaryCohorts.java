package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.Cohorts;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.request.Cookies;
import dev.sluice.api.request.RequestContext;
import java.util.Optional;

/**
 * How a canary deals clients, for those who ask ahead.
 *
 * @param cookie by which clients are told, where cookies are
 */
record CanaryCohorts(Canary canary, Course course, Buckets buckets, Optional<String> cookie) implements Cohorts {

  @Override
  public String by() {
    return switch (course.config().hash()) {
      case CONSUMER -> "consumer";
      case IP -> "ip";
      case HEADER -> "header " + course.config().hashHeader().orElse("");
      case COOKIE -> "cookie " + course.config().hashCookie();
      case NONE, ALLOW, DENY -> "turn";
    };
  }

  private Optional<String> given(RequestContext context) {
    return cookie.flatMap(name -> Cookies.first(context.request().headers(), name));
  }

  @Override
  public Optional<String> keyOf(RequestContext context) {
    boolean none = course.config().hash() == CanaryConfig.Hash.NONE || cookie.isPresent() && given(context).isEmpty();
    return none ? Optional.empty() : Optional.of(canary.key(context, given(context)));
  }

  /** Turns come and go; who has no cookie is about to be given one. */
  @Override
  public boolean byChance(RequestContext context) {
    double reached = canary.reached();
    return reached > 0 && reached < course.config().steps() && keyOf(context).isEmpty() && !canary.says(context);
  }

  @Override
  public long bucketOf(String key) {
    return (long) buckets.of(key);
  }

  @Override
  public String groupOf(String key) {
    return group(key, canary.reached());
  }

  @Override
  public String groupOf(String key, double percentage) {
    return group(key, course.buckets(percentage));
  }

  private String group(String key, double reached) {
    return buckets.of(key) < reached ? Canary.GROUP : Selection.REST;
  }
}
