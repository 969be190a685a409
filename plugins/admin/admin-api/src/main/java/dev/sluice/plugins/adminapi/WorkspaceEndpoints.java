package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** What is special in workspaces: what they hold is counted, and none may have the name of an endpoint. */
final class WorkspaceEndpoints {

  private static final EntityType<?> TYPE = CoreEntities.WORKSPACES;
  private static final String LIST = "/workspaces";
  private static final String ITEM = LIST + "/{workspaces}";

  private final Api api;
  private final EndpointTable.Builder table;

  private WorkspaceEndpoints(Api api, EndpointTable.Builder table) {
    this.api = api;
    this.table = table;
  }

  static void add(Api api, EndpointTable.Builder table) {
    WorkspaceEndpoints made = new WorkspaceEndpoints(api, table);
    table.add(new AdminEndpoint("GET", ITEM + "/meta", made::meta));
    for (AdminEndpoint endpoint : EntityEndpoints.of(api, TYPE)) {
      boolean writes = !endpoint.method().equals("GET") && !endpoint.method().equals("DELETE");
      if (writes) {
        table.add(new AdminEndpoint(endpoint.method(), endpoint.template(), made.named(endpoint.handler())));
      }
    }
  }

  /** An endpoint's path would hide those of the workspace. */
  private Function<AdminCall, Future<AdminResponse>> named(Function<AdminCall, Future<AdminResponse>> handler) {
    return call -> {
      Object name = call.body().getValue("name", call.parameters().get("workspaces"));
      if (name instanceof String text && table.firstSegments().contains(text)) {
        String problem = "must not be the name of an endpoint: " + text;
        return Future.failedFuture(
            new ApiError(
                400,
                new JsonObject()
                    .put("message", "schema violation (name: " + problem + ")")
                    .put("name", "schema violation")
                    .put("code", 2)
                    .put("fields", new JsonObject().put("name", problem))));
      }
      return handler.apply(call);
    };
  }

  private Future<AdminResponse> meta(AdminCall call) {
    return api.find(TYPE, call.parameter(TYPE.name()))
        .map(
            found -> {
              JsonObject counts = new JsonObject();
              api.entities()
                  .in(found.getString("id"))
                  .orElseThrow(Api::notFound)
                  .counts()
                  .forEach(counts::put);
              return Answers.ok(new JsonObject().put("counts", counts));
            });
  }
}
