package dev.sluice.plugins.adminapi;

import dev.sluice.api.ApiVersion;
import dev.sluice.api.NodeInfo;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** What the node tells of itself. */
final class NodeEndpoints {

  private final Api api;
  private final PluginsInUse inUse;

  private NodeEndpoints(Api api) {
    this.api = api;
    this.inUse = new PluginsInUse(api);
  }

  static void add(Api api, EndpointTable.Builder table) {
    NodeEndpoints made = new NodeEndpoints(api);
    StatusView status = new StatusView(api.node());
    table
        .add(new AdminEndpoint("GET", "/", call -> made.root()))
        .add(new AdminEndpoint("GET", "/status", call -> Answers.now(status.answer(call.request()))))
        .add(new AdminEndpoint("GET", "/status/dns", call -> StatusView.dns()))
        .add(new AdminEndpoint("GET", "/timers", call -> made.timers()))
        .add(
            new AdminEndpoint(
                "GET",
                "/endpoints",
                call -> Answers.now(Answers.ok(new JsonObject().put("data", new JsonArray(table.templates()))))));
  }

  private Future<AdminResponse> root() {
    return inUse.names().map(names -> Answers.ok(describe(names)));
  }

  private JsonObject describe(Set<String> configured) {
    NodeInfo node = api.node();
    JsonObject available = new JsonObject();
    api.catalog()
        .filters()
        .forEach(
            (name, factory) ->
                available.put(
                    name,
                    new JsonObject().put("version", factory.version(node)).put("priority", factory.priority())));
    Object pid = node.status().getValue("pid");
    return new JsonObject()
        .put("tagline", "Welcome to kong")
        .put("version", node.compatibleVersion())
        .put("edition", "community")
        .put("hostname", node.hostname())
        .put("node_id", node.nodeId())
        .put("timers", new JsonObject().put("running", 0).put("pending", 0))
        .put(
            "plugins",
            new JsonObject()
                .put("available_on_server", available)
                .put("enabled_in_cluster", new JsonArray(List.copyOf(configured))))
        .put("lua_version", "none: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.version"))
        .put("configuration", node.configuration())
        .put("pids", new JsonObject().put("master", pid).put("workers", new JsonArray().add(pid)))
        .put(
            "sluice",
            new JsonObject().put("version", node.version()).put("api", ApiVersion.CURRENT.toString()));
  }

  private Future<AdminResponse> timers() {
    JsonObject flamegraph = new JsonObject().put("running", "").put("pending", "").put("elapsed_time", "");
    JsonObject sys = new JsonObject();
    List.of("total", "runs", "running", "pending", "waiting").forEach(name -> sys.put(name, 0));
    return Answers.now(
        Answers.ok(
            new JsonObject()
                .put("worker", new JsonObject().put("id", 0).put("count", 1))
                .put(
                    "stats",
                    new JsonObject()
                        .put("flamegraph", flamegraph)
                        .put("sys", sys)
                        .put("timers", new JsonObject()))));
  }
}
