package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.PageQuery.TagMatch;
import dev.sluice.api.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The targets of an upstream as its endpoints need them.
 *
 * @param api to work with
 */
record UpstreamTargets(Api api) {

  private static final int PAGE = 1000;
  private static final Comparator<JsonObject> NEWEST_FIRST =
      Comparator.comparingDouble(UpstreamTargets::created)
          .thenComparing(row -> row.getString("id"))
          .reversed();

  private static double created(JsonObject row) {
    return row.getValue("created_at") instanceof Number at ? at.doubleValue() : 0;
  }

  /** The upstream of a path; fails with a plain 404. */
  Future<JsonObject> upstream(AdminCall call) {
    return api.find(CoreEntities.UPSTREAMS, call.parameter("upstreams"));
  }

  /** The target of a path, by its id or as it is written; fails with a plain 404. */
  Future<JsonObject> target(AdminCall call, JsonObject upstream) {
    String segment = call.parameter("targets");
    if (Api.key(CoreEntities.TARGETS, segment) instanceof EntityKey.Id id) {
      return api.find(CoreEntities.TARGETS, id).map(
          row -> {
            if (!Documents.reference(row, "upstream").equals(Optional.of(upstream.getString("id")))) {
              throw Api.notFound();
            }
            return row;
          });
    }
    return all(upstream)
        .map(
            rows ->
                rows.stream()
                    .filter(row -> row.getString("target").equals(segment))
                    .findFirst()
                    .orElseThrow(Api::notFound));
  }

  /** All targets, the newest first. */
  Future<List<JsonObject>> newestFirst(JsonObject upstream) {
    return all(upstream)
        .map(
            rows -> {
              rows.sort(NEWEST_FIRST);
              return rows;
            });
  }

  private Future<List<JsonObject>> all(JsonObject upstream) {
    PageQuery query =
        new PageQuery(
            CoreEntities.TARGETS.name(),
            Optional.empty(),
            Optional.of(new Reference("upstream", CoreEntities.UPSTREAMS.name(), upstream.getString("id"))),
            List.of(),
            TagMatch.ALL,
            Optional.empty(),
            PAGE);
    return more(query, new ArrayList<>());
  }

  private Future<List<JsonObject>> more(PageQuery query, List<JsonObject> rows) {
    return api.entities()
        .page(CoreEntities.TARGETS, query)
        .compose(
            page -> {
              rows.addAll(page);
              return page.size() < PAGE
                  ? Future.succeededFuture(rows)
                  : more(query.after(page.get(PAGE - 1).getString("id")), rows);
            });
  }

  /** A page of a list that is sorted by time: its offsets count rows. */
  static JsonObject page(AdminRequest request, List<JsonObject> rows, Function<String, String> next) {
    int size = Paging.size(request);
    int begin = Math.min(request.argument("offset").map(UpstreamTargets::count).orElse(0), rows.size());
    int end = Math.min(begin + size + 1, rows.size());
    return Paging.page(rows.subList(begin, end), size, last -> String.valueOf(begin + size), next);
  }

  private static int count(String offset) {
    try {
      return Math.max(0, Integer.parseInt(offset));
    } catch (NumberFormatException e) {
      throw Paging.badOffset(offset, "bad number");
    }
  }
}
