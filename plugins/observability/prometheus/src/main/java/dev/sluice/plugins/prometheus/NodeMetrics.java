package dev.sluice.plugins.prometheus;

import dev.sluice.api.NodeInfo;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the node tells of itself, under the names that dashboards for Kong ask for: the heap of the process stands for
 * that of a worker, and the areas of its memory for those that workers share.
 */
final class NodeMetrics {

  private static final String GAUGE = "gauge";
  private static final String HTTP = "http";

  private final NodeInfo node;
  private final JsonObject status;

  /**
   * Tells of a node.
   *
   * @param status what it reports of itself
   */
  NodeMetrics(NodeInfo node, JsonObject status) {
    this.node = node;
    this.status = status;
  }

  void write(Exposition to) {
    to.family("node_info", GAUGE, "The node, and the version of Kong that it is compatible with.")
        .line(List.of("node_id", "version"), List.of(node.nodeId(), node.compatibleVersion()), 1);
    boolean reachable = status.getJsonObject("database", new JsonObject()).getBoolean("reachable", false);
    to.family("datastore_reachable", GAUGE, "Whether the store is there: 1, or 0.")
        .line(List.of(), List.of(), reachable ? 1 : 0);
    connections(to);
    memory(to);
  }

  private void connections(Exposition to) {
    long accepted = status.getLong("connections_accepted");
    long active = status.getLong("connections_active");
    long requests = status.getLong("total_requests");
    Exposition.Family connections = to.family("nginx_connections_total", GAUGE, "Connections of clients, by state.");
    Map<String, Long> states = Map.of(
        "accepted", accepted, "handled", accepted, "active", active, "total", requests,
        "reading", 0L, "writing", active, "waiting", 0L);
    states.forEach((state, count) ->
        connections.line(List.of("node_id", "subsystem", "state"), List.of(node.nodeId(), HTTP, state), count));
    to.family("nginx_requests_total", GAUGE, "Requests since the node was started.")
        .line(List.of("node_id", "subsystem"), List.of(node.nodeId(), HTTP), requests);
  }

  private void memory(Exposition to) {
    to.family("memory_workers_lua_vms_bytes", GAUGE, "Bytes that the heap of the process holds.")
        .line(
            List.of("node_id", "pid", "kong_subsystem"),
            List.of(node.nodeId(), String.valueOf(status.getValue("pid")), HTTP),
            status.getLong("heap_used"));
    List<String> labels = List.of("node_id", "shared_dict", "kong_subsystem");
    Exposition.Family used =
        to.family("memory_lua_shared_dict_bytes", GAUGE, "Bytes in use, by area of the memory of the process.");
    Exposition.Family total =
        to.family("memory_lua_shared_dict_total_bytes", GAUGE, "Bytes that an area of the memory may hold.");
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getUsage();
      if (usage != null) {
        String area = pool.getName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        List<String> values = List.of(node.nodeId(), area, HTTP);
        used.line(labels, values, usage.getUsed());
        total.line(labels, values, usage.getMax() < 0 ? usage.getCommitted() : usage.getMax());
      }
    }
  }
}
