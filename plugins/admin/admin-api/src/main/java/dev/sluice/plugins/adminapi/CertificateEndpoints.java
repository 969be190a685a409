package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is special in certificates: they are found by each of their SNIs, too, and shown with all of them. */
final class CertificateEndpoints {

  private static final EntityType<?> CERTIFICATES = CoreEntities.CERTIFICATES;
  private static final EntityType<?> SNIS = CoreEntities.SNIS;
  private static final String LIST = "/certificates";
  private static final String ITEM = "/certificates/{certificates}";
  private static final String FIELD = "snis";

  private final Api api;
  private final SniNames names;

  private CertificateEndpoints(Api api) {
    this.api = api;
    this.names = new SniNames(api);
  }

  static void add(Api api, EndpointTable.Builder table) {
    CertificateEndpoints made = new CertificateEndpoints(api);
    EntityList list = new EntityList(api, CERTIFICATES);
    table
        .disable("/snis/{snis}/certificate")
        .add(new AdminEndpoint("GET", LIST, call -> list.get(call, made.names::addAll)))
        .add(new AdminEndpoint("GET", ITEM, made::get))
        .add(new AdminEndpoint("PUT", ITEM, made::put))
        .add(new AdminEndpoint("PATCH", ITEM, made::patch))
        .add(new AdminEndpoint("DELETE", ITEM, made::delete))
        .add(new AdminEndpoint("OPTIONS", ITEM, call -> made.known(call).map(Answers.noContent())));
    for (AdminEndpoint nested : NestedEndpoints.of(api, CERTIFICATES, SNIS, "certificate")) {
      table.add(
          new AdminEndpoint(
              nested.method(),
              nested.template(),
              call -> made.known(call).compose(id -> nested.handler().apply(with(call, id)))));
    }
  }

  private static AdminCall with(AdminCall call, String id) {
    Map<String, String> parameters = new HashMap<>(call.parameters());
    parameters.put(CERTIFICATES.name(), id);
    return new AdminCall(
        call.request(), parameters, call.body(), call.form(), call.workspace(), call.changed());
  }

  /** The id of the certificate that a path names; empty when it names an SNI that there is not. */
  private Future<Optional<String>> id(AdminCall call) {
    String segment = call.parameter(CERTIFICATES.name());
    EntityKey key = Api.key(SNIS, segment);
    return key instanceof EntityKey.Id
        ? Future.succeededFuture(Optional.of(segment))
        : api.entities().find(SNIS, key).map(found -> found.flatMap(row -> Documents.reference(row, "certificate")));
  }

  private Future<String> known(AdminCall call) {
    return id(call).map(found -> found.orElseThrow(() -> ApiError.of(404, "SNI not found")));
  }

  private Future<AdminResponse> get(AdminCall call) {
    return known(call)
        .compose(
            id ->
                api.entities()
                    .find(CERTIFICATES, new EntityKey.Id(id))
                    .map(found -> found.orElseThrow(() -> missing(id))))
        .compose(row -> names.addAll(List.of(row)))
        .map(rows -> Answers.ok(rows.get(0)));
  }

  /** Unlike with all other entities, reading one that is not there is told with its key. */
  private static ApiError missing(String id) {
    return new ApiError(
        404,
        new JsonObject()
            .put("message", "could not find the entity with primary key '{id=\"" + id + "\"}'")
            .put("name", "not found")
            .put("code", 6)
            .put("fields", new JsonObject().put("id", id)));
  }

  /** An SNI that there is not makes a certificate; it gets the SNI only if the body brings a list. */
  private Future<AdminResponse> put(AdminCall call) {
    return id(call)
        .compose(
            found -> {
              String id = found.orElseGet(() -> UUID.randomUUID().toString());
              JsonObject body =
                  found.isPresent() ? call.body() : named(call, call.parameter(CERTIFICATES.name()));
              return api.entities().upsert(CERTIFICATES, new EntityKey.Id(id), body, Api.options(call));
            })
        .map(Answers::ok);
  }

  private static JsonObject named(AdminCall call, String name) {
    Object given = call.body().getValue(FIELD);
    JsonArray list;
    if (given instanceof JsonArray array) {
      list = array.copy();
    } else if (call.form() && given instanceof String text && !text.isEmpty()) {
      list = new JsonArray().add(text);
    } else {
      return call.body();
    }
    return call.body().copy().put(FIELD, list.contains(name) ? list : list.add(name));
  }

  private Future<AdminResponse> patch(AdminCall call) {
    return known(call)
        .compose(id -> api.entities().update(CERTIFICATES, new EntityKey.Id(id), call.body(), Api.options(call)))
        .map(Answers::ok);
  }

  private Future<AdminResponse> delete(AdminCall call) {
    return known(call)
        .compose(id -> api.entities().delete(CERTIFICATES, new EntityKey.Id(id), Api.options(call)))
        .map(there -> Answers.noContent());
  }
}
