package dev.sluice.plugins.explain;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.explain.SampleRequest;
import io.vertx.core.Future;

/** {@code POST /explain}: where a request would go. */
final class RequestExplanation {

  private final PluginContext context;

  RequestExplanation(PluginContext context) {
    this.context = context;
  }

  Future<AdminResponse> answer(AdminCall call) {
    SampleRequest sample;
    try {
      sample = SampleReader.read(Question.read(call, SampleReader.SCHEMA));
    } catch (ApiError refusal) {
      return Future.failedFuture(refusal);
    }
    return context
        .explainer()
        .explain(sample)
        .map(explanation -> AdminResponse.json(200, new ExplanationView(explanation).json()))
        .recover(cause -> Future.failedFuture(
            cause instanceof IllegalArgumentException ? ApiError.of(400, cause.getMessage()) : cause));
  }
}
