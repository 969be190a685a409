package dev.sluice.kernel.boot;

import dev.sluice.api.explain.Explainer;
import dev.sluice.api.explain.Explanation;
import dev.sluice.api.explain.SampleRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Explanations that arrive where they were asked for. */
record CallersExplainer(Explainer inner) implements Explainer {

  @Override
  public Future<Explanation> explain(SampleRequest sample) {
    return LentContext.onCaller(inner.explain(sample));
  }

  @Override
  public Future<Optional<Redeal>> redeal(String plugin, double percentage, List<String> keys) {
    return LentContext.onCaller(inner.redeal(plugin, percentage, keys));
  }
}
