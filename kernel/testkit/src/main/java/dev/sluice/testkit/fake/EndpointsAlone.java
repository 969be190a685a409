package dev.sluice.testkit.fake;

import dev.sluice.api.Catalog;
import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.admin.AdminSurfaceFactory;
import dev.sluice.api.admin.ApiError;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Admin API of nothing but the endpoints that plugins add, for tests without the jar of the real one. Bodies are
 * read as JSON.
 */
public final class EndpointsAlone implements GatewayPlugin {

  @Override
  public List<AdminSurfaceFactory> adminSurfaces() {
    return List.of(
        new AdminSurfaceFactory() {
          @Override
          public String listener() {
            return "admin";
          }

          @Override
          public AdminSurface create(Catalog catalog) {
            return request -> serve(catalog.adminEndpoints(), request);
          }
        });
  }

  private static Future<AdminResponse> serve(List<AdminEndpoint> endpoints, AdminRequest request) {
    for (AdminEndpoint endpoint : endpoints) {
      Optional<Map<String, String>> parameters = match(endpoint.template(), request.path());
      if (parameters.isPresent() && endpoint.method().equals(request.method())) {
        JsonObject body = request.body().length() == 0 ? new JsonObject() : request.body().toJsonObject();
        return endpoint
            .handler()
            .apply(new AdminCall(request, parameters.get(), body, false))
            .recover(
                cause ->
                    cause instanceof ApiError refusal
                        ? Future.succeededFuture(refusal.toResponse())
                        : Future.failedFuture(cause));
      }
    }
    return Future.succeededFuture(AdminResponse.message(404, "Not found"));
  }

  private static Optional<Map<String, String>> match(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    Map<String, String> parameters = new HashMap<>();
    boolean same = wanted.length == given.length;
    for (int i = 0; same && i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        parameters.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
      } else {
        same = wanted[i].equals(given[i]);
      }
    }
    return same ? Optional.of(parameters) : Optional.empty();
  }
}
