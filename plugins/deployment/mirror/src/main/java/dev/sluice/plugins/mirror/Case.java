package dev.sluice.plugins.mirror;

import dev.sluice.api.deployment.CopiedAnswer;
import dev.sluice.plugins.mirror.Findings.Figures;
import dev.sluice.plugins.mirror.Findings.Skip;
import dev.sluice.plugins.mirror.Findings.Step;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two answers to be compared, at the desk. */
record Case(Mirror mirror, Figures figures, Pair.Asked asked, CopiedAnswer primary, CopiedAnswer shadow) {

  private static final Logger log = LoggerFactory.getLogger(Case.class);
  private static final int SHOWN = 10;

  /**
   * Compares.
   *
   * @return false when the upstream should be asked once more, and nothing has been decided
   */
  boolean first() {
    return guarded(
        () -> {
          Found left = left();
          boolean ask =
              !left.differences().isEmpty()
                  && asked.repeatable()
                  && mirror.learns()
                  && figures.noise.unsure(asked.kind(), left.differences())
                  && figures.budget.take(mirror.desk().now());
          if (!ask) {
            decide(left, false);
          }
          return !ask;
        });
  }

  /** A failure of comparing is none of the desk's, which only fails to work when the jar goes. */
  private boolean guarded(BooleanSupplier comparing) {
    try {
      return comparing.getAsBoolean();
    } catch (RuntimeException | StackOverflowError e) {
      log.error("request {}: the answers of the upstream and of the shadow cannot be compared", asked.id(), e);
      figures.notCompared.add(Skip.FAILED);
      return true;
    }
  }

  /**
   * Compares when the upstream has been asked once more, and learns from that.
   *
   * @param again what it has answered this time
   */
  boolean settle(Optional<CopiedAnswer> again) {
    return guarded(() -> settled(again));
  }

  private boolean settled(Optional<CopiedAnswer> again) {
    Optional<CopiedAnswer> use = again.filter(each -> each.whole() && each.status() == primary.status());
    use.ifPresentOrElse(
        each -> figures.noise.learn(asked.kind(), mirror.comparison().kinds(primary, each)),
        () -> figures.steps.add(Step.PROBES_FAILED));
    Found left = left();
    if (use.isPresent()) {
      figures.noise.sure(asked.kind(), left.differences());
    }
    decide(left, use.isPresent());
    return true;
  }

  private Found left() {
    return mirror.comparison().between(primary, shadow, figures.noise.of(asked.kind()));
  }

  private void decide(Found left, boolean sure) {
    boolean none = left.differences().isEmpty();
    if (none && left.more()) {
      figures.notCompared.add(Skip.NOISE);
      return;
    }
    if (!none) {
      figures.keep(shown(left.differences(), sure));
    }
    figures.steps.add(none ? Step.EQUAL : Step.DIFFERENT);
    figures.steps.add(Step.COMPARED);
  }

  private JsonObject shown(List<Difference> left, boolean sure) {
    JsonArray some = new JsonArray();
    left.stream().limit(SHOWN).forEach(each -> some.add(each.shown()));
    return new JsonObject()
        .put("at", asked.at())
        .put("request_id", asked.id())
        .put("method", asked.method())
        .put("path", asked.path())
        .put("route", asked.route())
        .put("status", new JsonObject().put("primary", primary.status()).put("shadow", shadow.status()))
        .put("asked_again", sure)
        .put("count", left.size())
        .put("differences", some);
  }
}
