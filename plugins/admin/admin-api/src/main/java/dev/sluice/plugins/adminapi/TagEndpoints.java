package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.api.store.Store.TagQuery;
import dev.sluice.api.store.Store.TagRow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Lists the tags of all entities. */
final class TagEndpoints {

  private static final String TAG = "tag";
  private static final Schema ONE = Schema.builder().field(TAG, Types.tag().required()).build();
  private static final int POSITION = 3;

  private final Api api;

  private TagEndpoints(Api api) {
    this.api = api;
  }

  static void add(Api api, EndpointTable.Builder table) {
    TagEndpoints made = new TagEndpoints(api);
    table
        .add(new AdminEndpoint("GET", "/tags", call -> made.list(call, Optional.empty())))
        .add(new AdminEndpoint("POST", "/tags", call -> Future.failedFuture(readOnly())))
        .add(new AdminEndpoint("GET", "/tags/{tags}", made::one));
  }

  private static ApiError readOnly() {
    String problem = "does not support insert/upsert/update/delete operations";
    return new ApiError(
        400,
        new JsonObject()
            .put("code", 2)
            .put("name", "schema violation")
            .put("message", "schema violation (tags: " + problem + ")")
            .put("fields", new JsonObject().put("tags", problem)));
  }

  private Future<AdminResponse> one(AdminCall call) {
    String tag = call.parameter("tags");
    Optional<String> problem = ONE.violation(TAG, tag, api.run());
    if (problem.isPresent()) {
      return Future.failedFuture(
          new ApiError(
              400,
              new JsonObject()
                  .put("code", 10)
                  .put("name", "invalid unique tag")
                  .put("message", problem.get())));
    }
    return list(call, Optional.of(tag));
  }

  private Future<AdminResponse> list(AdminCall call, Optional<String> tag) {
    int size = Paging.size(call.request());
    Optional<TagRow> after = call.request().argument("offset").map(TagEndpoints::row);
    String path = api.prefix() + "/tags" + tag.map(text -> "/" + PercentText.encode(text)).orElse("");
    String more = call.request().argument("size").map(text -> "&size=" + PercentText.encode(text)).orElse("");
    return api.entities()
        .tags(new TagQuery("", tag, after, size + 1))
        .map(rows -> Answers.ok(page(rows, size, path, more)));
  }

  private static JsonObject page(List<TagRow> rows, int size, String path, String more) {
    List<JsonObject> shown = rows.stream().map(TagEndpoints::json).toList();
    return Paging.page(shown, size, last -> offset(rows.get(size - 1)), next -> path + "?offset=" + next + more);
  }

  private static JsonObject json(TagRow row) {
    return new JsonObject().put("entity_name", row.type()).put("entity_id", row.id()).put(TAG, row.tag());
  }

  private static String offset(TagRow row) {
    return Paging.offset(new JsonArray().add(row.tag()).add(row.type()).add(row.id()));
  }

  private static TagRow row(String offset) {
    JsonArray position = Paging.decode(offset);
    if (position.size() != POSITION || !position.stream().allMatch(String.class::isInstance)) {
      throw Paging.badOffset(offset, "bad json encoding");
    }
    return new TagRow("", position.getString(1), position.getString(2), position.getString(0));
  }
}
