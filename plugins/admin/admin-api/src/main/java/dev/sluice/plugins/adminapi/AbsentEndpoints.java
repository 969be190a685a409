package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Endpoints of what a node like this one does not have, which say so in Kong's words; a jar may bring it. */
final class AbsentEndpoints {

  private static final String CONTROL_PLANE =
      "this endpoint is only available when Kong is configured to run as Control Plane for the cluster";
  private static final String NO_DATABASE =
      "this endpoint is only available when Kong is configured to not use a database";
  private static final String WASM = "this endpoint is only available when wasm is enabled";
  private static final List<String> LIST = List.of("GET", "POST");
  private static final List<String> ITEM = List.of("GET", "PUT", "PATCH", "DELETE");

  private AbsentEndpoints() {}

  static void add(EndpointTable.Builder table) {
    refuse(table, "/clustering/data-planes", List.of("GET"), CONTROL_PLANE);
    refuse(table, "/clustering/status", List.of("GET"), CONTROL_PLANE);
    refuse(table, "/config", LIST, NO_DATABASE);
    for (String parent : List.of("", "/routes/{routes}", "/services/{services}")) {
      refuse(table, parent + "/filter-chains", LIST, WASM);
      refuse(table, parent + "/filter-chains/{filter_chains}", ITEM, WASM);
    }
    for (String parent : List.of("route", "service")) {
      refuse(table, "/filter-chains/{filter_chains}/" + parent, ITEM, WASM);
    }
    for (String which : List.of("all", "disabled", "enabled")) {
      refuse(table, "/routes/{routes}/filters/" + which, List.of("GET"), WASM);
    }
  }

  private static void refuse(EndpointTable.Builder table, String template, List<String> methods, String message) {
    Function<AdminCall, Future<AdminResponse>> refusal = call -> Answers.message(400, message);
    methods.forEach(method -> table.add(new AdminEndpoint(method, template, refusal)));
  }
}
