package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/** What is special in consumers: they can be found by a second name. */
final class ConsumerEndpoints {

  private static final String CUSTOM_ID = "custom_id";

  private ConsumerEndpoints() {}

  /**
   * Adds the lookup to the list.
   *
   * @param list serves all other requests
   */
  static void add(Api api, EndpointTable.Builder table, Function<AdminCall, Future<AdminResponse>> list) {
    table.add(
        new AdminEndpoint(
            "GET",
            "/consumers",
            call -> {
              Optional<String> id = call.request().argument(CUSTOM_ID);
              return id.isPresent() ? lookup(api, id.get()) : list.apply(call);
            }));
  }

  private static Future<AdminResponse> lookup(Api api, String id) {
    if (id.isEmpty()) {
      return Answers.message(400, CUSTOM_ID + " must be an unempty string");
    }
    return api.entities()
        .find(CoreEntities.CONSUMERS, new EntityKey.Unique(CUSTOM_ID, id))
        .map(
            found -> {
              JsonArray data = new JsonArray();
              found.ifPresent(data::add);
              return Answers.ok(new JsonObject().put("data", data).putNull("next"));
            });
  }
}
