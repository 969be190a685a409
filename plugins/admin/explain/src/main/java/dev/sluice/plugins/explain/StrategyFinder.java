package dev.sluice.plugins.explain;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Finds the strategy that a share is asked about: the first one attached there that deals clients by a key. */
final class StrategyFinder {

  private static final int PAGE = 1000;

  private final PluginContext context;

  StrategyFinder(PluginContext context) {
    this.context = context;
  }

  /**
   * A strategy.
   *
   * @param id of the plugin
   * @param name of the strategy
   * @param by what it tells clients apart by
   */
  record Found(String id, String name, String by) {}

  Future<Found> find(Entities entities, JsonObject asked, double percentage) {
    long places = List.of("plugin", "service", "route").stream().filter(each -> asked.getValue(each) != null).count();
    if (places != 1) {
      return Future.failedFuture(ApiError.of(400, "one of plugin, service and route must be given"));
    }
    return candidates(entities, asked).compose(plugins -> first(plugins, 0, percentage));
  }

  private Future<List<JsonObject>> candidates(Entities entities, JsonObject asked) {
    String plugin = asked.getString("plugin");
    if (plugin != null) {
      return entities
          .find(CoreEntities.PLUGINS, EntityKey.of(plugin, "instance_name"))
          .map(found -> List.of(found.orElseThrow(() -> ApiError.of(404, "Not found"))));
    }
    boolean byService = asked.getString("service") != null;
    EntityType<?> type = byService ? CoreEntities.SERVICES : CoreEntities.ROUTES;
    String field = byService ? "service" : "route";
    return entities
        .find(type, EntityKey.of(asked.getString(field), "name"))
        .compose(found -> {
          String id = found.orElseThrow(() -> ApiError.of(404, "Not found")).getString("id");
          PageQuery all = PageQuery.of(CoreEntities.PLUGINS.name(), PAGE);
          Reference reference = new Reference(field, type.name(), id);
          return entities.page(
              CoreEntities.PLUGINS,
              new PageQuery(
                  all.type(), all.workspace(), Optional.of(reference), all.tags(), all.tagMatch(), all.afterId(), PAGE));
        })
        .map(plugins -> plugins.stream()
            .filter(each -> !byService || Documents.reference(each, "route").isEmpty())
            .toList());
  }

  private Future<Found> first(List<JsonObject> plugins, int at, double percentage) {
    if (at == plugins.size()) {
      return Future.failedFuture(ApiError.of(404, "there is no strategy that deals clients to groups by a key"));
    }
    JsonObject plugin = plugins.get(at);
    String id = plugin.getString("id");
    return context
        .explainer()
        .redeal(id, percentage, List.of())
        .compose(redeal -> redeal.isPresent()
            ? Future.succeededFuture(new Found(id, plugin.getString("name"), redeal.get().by()))
            : first(plugins, at + 1, percentage));
  }
}
