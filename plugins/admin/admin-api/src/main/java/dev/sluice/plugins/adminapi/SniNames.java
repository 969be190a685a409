package dev.sluice.plugins.adminapi;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.PageQuery.TagMatch;
import dev.sluice.api.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The names of certificates, which are entities of their own.
 *
 * @param api to work with
 */
record SniNames(Api api) {

  private static final int PAGE = 1000;

  /** Puts its names, in order, into each of the certificates. */
  Future<List<JsonObject>> addAll(List<JsonObject> certificates) {
    List<Future<JsonObject>> each = certificates.stream().map(this::add).toList();
    return Future.all(each).map(certificates);
  }

  private Future<JsonObject> add(JsonObject certificate) {
    PageQuery query =
        new PageQuery(
            CoreEntities.SNIS.name(),
            Optional.empty(),
            Optional.of(new Reference("certificate", CoreEntities.CERTIFICATES.name(), certificate.getString("id"))),
            List.of(),
            TagMatch.ALL,
            Optional.empty(),
            PAGE);
    return more(query, new TreeSet<>())
        .map(names -> certificate.put("snis", new JsonArray(new ArrayList<>(names))));
  }

  private Future<TreeSet<String>> more(PageQuery query, TreeSet<String> names) {
    return api.entities()
        .page(CoreEntities.SNIS, query)
        .compose(
            rows -> {
              rows.forEach(row -> names.add(row.getString("name")));
              return rows.size() < PAGE
                  ? Future.succeededFuture(names)
                  : more(query.after(rows.get(PAGE - 1).getString("id")), names);
            });
  }
}
