package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.schema.VaultReference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The configurations that there are, for what happens beside requests. */
final class Sites {

  private final PluginContext context;
  private final Map<String, AcmeConfig> built = new ConcurrentHashMap<>();

  Sites(PluginContext context) {
    this.context = context;
  }

  /** Keeps what a filter was made of: entities do not tell the secrets that they refer to. */
  void remember(String pluginId, AcmeConfig config) {
    built.put(pluginId, config);
  }

  /** Those of a workspace. */
  Future<List<Site>> in(String workspace) {
    return context.entities().in(workspace).map(this::in).orElseGet(() -> Future.succeededFuture(List.of()));
  }

  /** Those of all workspaces. */
  Future<List<Site>> all() {
    return Rows.all(context.entities(), CoreEntities.WORKSPACES, Optional.empty()).compose(workspaces -> {
      List<Future<List<Site>>> each =
          workspaces.stream().map(workspace -> in(workspace.getString("id"))).toList();
      return Future.all(each).map(done -> {
        List<Site> sites = new ArrayList<>();
        each.forEach(found -> sites.addAll(found.result()));
        return sites;
      });
    });
  }

  private Future<List<Site>> in(Entities entities) {
    return Rows.all(entities, CoreEntities.PLUGINS, Optional.empty()).map(plugins -> plugins.stream()
        .filter(plugin -> AcmeFactory.NAME.equals(plugin.getString("name")))
        .filter(plugin -> Documents.bool(plugin, "enabled", true))
        .map(plugin -> new Site(config(plugin), entities.workspace()))
        .toList());
  }

  private AcmeConfig config(JsonObject plugin) {
    JsonObject config = plugin.getJsonObject("config");
    AcmeConfig made = built.get(plugin.getString("id"));
    return made != null && refers(config) ? made : AcmeConfig.decode(config);
  }

  private static boolean refers(JsonObject record) {
    return record.stream().anyMatch(field ->
        field.getValue() instanceof JsonObject inner && refers(inner)
            || field.getValue() instanceof String text && VaultReference.is(text));
  }
}
