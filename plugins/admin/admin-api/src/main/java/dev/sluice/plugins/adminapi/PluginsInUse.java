package dev.sluice.plugins.adminapi;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.store.PageQuery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names of all plugins that are configured somewhere. Clients ask for them often, and they change seldom. */
final class PluginsInUse {

  private static final int PAGE = 1000;

  private final Api api;
  private volatile Known known = new Known(-1, Set.of());

  /**
   * What was found last.
   *
   * @param snapshot that was live before
   * @param names sorted
   */
  private record Known(long snapshot, Set<String> names) {}

  PluginsInUse(Api api) {
    this.api = api;
  }

  Future<Set<String>> names() {
    long snapshot = api.node().status().getLong("snapshot");
    Known last = known;
    return last.snapshot == snapshot
        ? Future.succeededFuture(last.names)
        : everywhere(new TreeSet<>()).onSuccess(names -> known = new Known(snapshot, names));
  }

  private Future<Set<String>> everywhere(Set<String> names) {
    return api.entities()
        .page(CoreEntities.WORKSPACES, PageQuery.of(CoreEntities.WORKSPACES.name(), Integer.MAX_VALUE))
        .compose(
            workspaces -> {
              Future<Set<String>> all = Future.succeededFuture(names);
              for (JsonObject workspace : workspaces) {
                Optional<Entities> within = api.entities().in(workspace.getString("id"));
                if (within.isPresent()) {
                  PageQuery first = PageQuery.of(CoreEntities.PLUGINS.name(), PAGE);
                  all = all.compose(so -> more(within.get(), first, so));
                }
              }
              return all;
            });
  }

  private Future<Set<String>> more(Entities entities, PageQuery query, Set<String> names) {
    return entities
        .page(CoreEntities.PLUGINS, query)
        .compose(
            rows -> {
              rows.forEach(row -> names.add(row.getString("name")));
              return rows.size() < PAGE
                  ? Future.succeededFuture(names)
                  : more(entities, query.after(rows.get(PAGE - 1).getString("id")), names);
            });
  }
}
