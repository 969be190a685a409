package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.filter.FilterFactory;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What is special in plugins. */
final class PluginEndpoints {

  private final Api api;

  private PluginEndpoints(Api api) {
    this.api = api;
  }

  static void add(Api api, EndpointTable.Builder table) {
    PluginEndpoints made = new PluginEndpoints(api);
    table
        .add(new AdminEndpoint("PATCH", "/plugins/{plugins}", made::patch))
        .add(new AdminEndpoint("GET", "/plugins/enabled", call -> made.enabled()))
        .add(new AdminEndpoint("GET", "/plugins/schema/{name}", made::schema));
  }

  /** Without a name the stored one is needed, and the plugin is missed before anything else is looked at. */
  private Future<AdminResponse> patch(AdminCall call) {
    EntityKey key = Api.key(CoreEntities.PLUGINS, call.parameter("plugins"));
    Future<?> there =
        call.body().getValue("name") == null ? api.find(CoreEntities.PLUGINS, key) : Future.succeededFuture();
    return there
        .compose(found -> api.entities().update(CoreEntities.PLUGINS, key, call.body(), Api.options(call)))
        .map(written -> Answers.entity(CoreEntities.PLUGINS, written));
  }

  private Future<AdminResponse> enabled() {
    JsonArray names = new JsonArray(List.copyOf(api.catalog().filters().keySet()));
    return Answers.now(Answers.ok(new JsonObject().put("enabled_plugins", names)));
  }

  private Future<AdminResponse> schema(AdminCall call) {
    String name = call.parameter("name");
    FilterFactory<?> factory = api.catalog().filters().get(name);
    if (factory == null) {
      return Answers.message(404, "No plugin named '" + name + "'");
    }
    return Answers.now(Answers.ok(factory.schema().config().render()));
  }
}
