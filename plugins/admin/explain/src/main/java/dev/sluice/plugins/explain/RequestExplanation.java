package dev.sluice.plugins.explain;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.explain.SampleRequest;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

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
    return explained(call.workspace(), sample)
        .map(explained -> AdminResponse.json(200, explained))
        .recover(cause -> Future.failedFuture(
            cause instanceof IllegalArgumentException ? ApiError.of(400, cause.getMessage()) : cause));
  }

  /** Without a workspace in its path a question is about the node as a whole. */
  private Future<JsonObject> explained(String workspace, SampleRequest sample) {
    if (workspace.equals(StoredEntity.DEFAULT_WORKSPACE)) {
      return context.explainer().explain(sample).map(explanation -> new ExplanationView(explanation).json());
    }
    return context
        .entities()
        .in(workspace)
        .map(entities -> new WorkspaceExplanation(context.explainer(), entities).answer(sample))
        .orElseGet(() -> Future.failedFuture(ApiError.of(404, "Not found")));
  }
}
