package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.Target;
import dev.sluice.api.schema.HostAddress;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What is special in the targets of an upstream: the newest come first, and they can be marked by hand. */
final class TargetEndpoints {

  private static final String LIST = "/upstreams/{upstreams}/targets";
  private static final String ITEM = LIST + "/{targets}";
  private static final int DEFAULT_PORT = 8000;

  private final Api api;
  private final UpstreamTargets targets;
  private final NestedEndpoints nested;

  private TargetEndpoints(Api api) {
    this.api = api;
    this.targets = new UpstreamTargets(api);
    this.nested = new NestedEndpoints(api, CoreEntities.UPSTREAMS, CoreEntities.TARGETS, "upstream");
  }

  static void add(Api api, EndpointTable.Builder table) {
    TargetEndpoints made = new TargetEndpoints(api);
    table
        .disable("/targets")
        .disable("/targets/{targets}")
        .disable("/targets/{targets}/upstream")
        .add(new AdminEndpoint("GET", LIST, made::list))
        .add(new AdminEndpoint("GET", LIST + "/all", call -> made.nested.list(call, "/all")))
        .add(new AdminEndpoint("GET", ITEM, made::get))
        .add(new AdminEndpoint("PUT", ITEM, made::update))
        .add(new AdminEndpoint("PATCH", ITEM, made::update))
        .add(new AdminEndpoint("DELETE", ITEM, made::delete));
    for (boolean healthy : List.of(true, false)) {
      String mark = healthy ? "/healthy" : "/unhealthy";
      table
          .add(new AdminEndpoint("PUT", ITEM + mark, call -> made.mark(call, healthy)))
          .add(new AdminEndpoint("PUT", ITEM + "/{address}" + mark, call -> made.mark(call, healthy)));
    }
  }

  private Future<AdminResponse> list(AdminCall call) {
    return targets
        .upstream(call)
        .compose(targets::newestFirst)
        .map(
            rows ->
                Answers.ok(
                    UpstreamTargets.page(
                        call.request(), rows, next -> nested.path(call) + "?offset=" + next)));
  }

  private Future<JsonObject> target(AdminCall call) {
    return targets.upstream(call).compose(upstream -> targets.target(call, upstream));
  }

  private Future<AdminResponse> get(AdminCall call) {
    return target(call).map(row -> Answers.entity(CoreEntities.TARGETS, row));
  }

  private Future<AdminResponse> update(AdminCall call) {
    return target(call)
        .compose(row -> api.entities().update(CoreEntities.TARGETS, id(row), call.body(), Api.options(call)))
        .map(row -> Answers.entity(CoreEntities.TARGETS, row));
  }

  private Future<AdminResponse> delete(AdminCall call) {
    return target(call)
        .compose(row -> api.entities().delete(CoreEntities.TARGETS, id(row), Api.options(call)))
        .map(there -> Answers.noContent());
  }

  private static EntityKey id(JsonObject row) {
    return new EntityKey.Id(row.getString("id"));
  }

  private Future<AdminResponse> mark(AdminCall call, boolean healthy) {
    return targets
        .upstream(call)
        .compose(
            upstream ->
                targets
                    .target(call, upstream)
                    .compose(
                        row -> {
                          Target target = Target.decode(row);
                          Optional<String> address =
                              Optional.ofNullable(call.parameters().get("address")).map(TargetEndpoints::address);
                          boolean marked =
                              api.context()
                                  .upstreams()
                                  .mark(target.upstreamId(), target.host(), target.port(), address, healthy);
                          return marked
                              ? Answers.now(Answers.noContent())
                              : Answers.message(
                                  400, "no healthchecker found for " + upstream.getString("name"));
                        }));
  }

  private static String address(String given) {
    try {
      return HostAddress.parse(given).withPort(DEFAULT_PORT);
    } catch (IllegalArgumentException e) {
      return given;
    }
  }
}
