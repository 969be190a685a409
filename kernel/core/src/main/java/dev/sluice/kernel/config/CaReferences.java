package dev.sluice.kernel.config;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Certificates of authorities are listed by their ids: a reference that the store does not know of. */
final class CaReferences {

  private static final String FIELD = "ca_certificates";
  private static final int PAGE = 1000;

  private CaReferences() {}

  @SuppressWarnings("ReferenceEquality")
  static boolean concern(EntityType<?> type) {
    return type == CoreEntities.CA_CERTIFICATES;
  }

  /** Fails when a service, or the configuration of a plugin, lists a certificate. */
  static Future<Void> checkUnused(ControlPlane plane, String id) {
    return check(plane, PageQuery.of(CoreEntities.SERVICES.name(), PAGE), id)
        .compose(unused -> check(plane, PageQuery.of(CoreEntities.PLUGINS.name(), PAGE), id));
  }

  private static Future<Void> check(ControlPlane plane, PageQuery query, String id) {
    return plane.control().here(plane.store().page(query)).compose(
        rows -> {
          for (StoredEntity row : rows) {
            if (lists(row.document(), id) || lists(row.document().getValue("config"), id)) {
              return Future.failedFuture(EntityErrors.caReferenced(id, query.type(), row.id()));
            }
          }
          return rows.size() < PAGE ? Future.succeededFuture() : check(plane, query.after(last(rows)), id);
        });
  }

  private static String last(List<StoredEntity> rows) {
    return rows.get(rows.size() - 1).id();
  }

  private static boolean lists(Object holder, String id) {
    return holder instanceof JsonObject object
        && object.getValue(FIELD) instanceof JsonArray list
        && list.contains(id);
  }
}
