package dev.sluice.plugins.mirror;

import dev.sluice.api.deployment.CopiedAnswer;
import dev.sluice.plugins.mirror.Findings.Figures;
import dev.sluice.plugins.mirror.Findings.Step;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Two answers to be compared, at the desk. */
record Case(Mirror mirror, Figures figures, Pair.Asked asked, CopiedAnswer primary, CopiedAnswer shadow) {

  private static final int SHOWN = 10;

  /**
   * Compares.
   *
   * @return false when the upstream should be asked once more, and nothing has been decided
   */
  boolean first() {
    List<Difference> left = left();
    boolean ask =
        !left.isEmpty()
            && asked.repeatable()
            && mirror.learns()
            && figures.noise.unsure(asked.kind(), left)
            && figures.budget.take(mirror.desk().now());
    if (!ask) {
      decide(left, false);
    }
    return !ask;
  }

  /**
   * Compares when the upstream has been asked once more, and learns from that.
   *
   * @param again what it has answered this time
   */
  boolean settle(Optional<CopiedAnswer> again) {
    Optional<CopiedAnswer> use = again.filter(each -> each.whole() && each.status() == primary.status());
    use.ifPresentOrElse(
        each -> figures.noise.learn(asked.kind(), mirror.comparison().between(primary, each)),
        () -> figures.steps.add(Step.PROBES_FAILED));
    List<Difference> left = left();
    if (use.isPresent()) {
      figures.noise.sure(asked.kind(), left);
    }
    decide(left, use.isPresent());
    return true;
  }

  private List<Difference> left() {
    return figures.noise.without(asked.kind(), mirror.comparison().between(primary, shadow));
  }

  private void decide(List<Difference> left, boolean sure) {
    if (!left.isEmpty()) {
      figures.keep(shown(left, sure));
    }
    figures.steps.add(left.isEmpty() ? Step.EQUAL : Step.DIFFERENT);
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
