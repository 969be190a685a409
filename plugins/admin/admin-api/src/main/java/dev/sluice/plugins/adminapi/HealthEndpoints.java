package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.upstream.Upstreams.UpstreamStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The health of an upstream, as this node sees it. */
final class HealthEndpoints {

  private static final String PATH = "/upstreams/{upstreams}/health";
  private static final List<String> TRUE = List.of("1", "true", "on", "yes");

  private final Api api;
  private final UpstreamTargets targets;

  private HealthEndpoints(Api api) {
    this.api = api;
    this.targets = new UpstreamTargets(api);
  }

  /** Asks for what Kong does not tell; without it the answer is Kong's. */
  private static final String IN_FLIGHT = "in_flight";
  private static final String RETRIES = "retries";

  static void add(Api api, EndpointTable.Builder table) {
    table.add(new AdminEndpoint("GET", PATH, new HealthEndpoints(api)::get));
  }

  private Future<AdminResponse> get(AdminCall call) {
    boolean balancer = call.request().argument("balancer_health").filter(TRUE::contains).isPresent();
    return targets
        .upstream(call)
        .compose(upstream -> balancer ? balancer(upstream) : targets(call, upstream))
        .map(body -> Answers.ok(body.put("node_id", api.node().nodeId())));
  }

  private Optional<UpstreamStatus> status(JsonObject upstream) {
    return api.context().upstreams().status(upstream.getString("id"));
  }

  private Future<JsonObject> targets(AdminCall call, JsonObject upstream) {
    return targets
        .newestFirst(upstream)
        .map(
            rows -> {
              String name = PercentText.encode(call.parameter("upstreams"));
              String path = api.prefix() + "/upstreams/" + name + "/health?offset=";
              JsonObject page = UpstreamTargets.page(call.request(), rows, next -> path + next);
              Optional<UpstreamStatus> status = status(upstream);
              page.getJsonArray("data").forEach(row -> HealthView.describe((JsonObject) row, status));
              if (call.request().argument(IN_FLIGHT).filter(TRUE::contains).isPresent()) {
                page.put(IN_FLIGHT, status.map(HealthView::inFlight).orElseGet(JsonArray::new));
              }
              if (call.request().argument(RETRIES).filter(TRUE::contains).isPresent()) {
                page.put(RETRIES, HealthView.retries(status));
              }
              return page;
            });
  }

  private Future<JsonObject> balancer(JsonObject upstream) {
    JsonObject body = new JsonObject();
    Optional<UpstreamStatus> status = status(upstream);
    if (status.isPresent()) {
      double threshold = upstream.getJsonObject("healthchecks").getDouble("threshold");
      body.put("data", HealthView.balancer(upstream.getString("id"), status.get(), threshold));
    } else {
      body.putNull("data");
    }
    return Future.succeededFuture(body.putNull("next"));
  }
}
