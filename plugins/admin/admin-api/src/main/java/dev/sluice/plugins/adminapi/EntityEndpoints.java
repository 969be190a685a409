package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.ForeignField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The endpoints of one type of entities, made from its description alone. */
final class EntityEndpoints {

  private final Api api;
  private final EntityType<?> type;
  private final List<AdminEndpoint> endpoints = new ArrayList<>();

  private EntityEndpoints(Api api, EntityType<?> type) {
    this.api = api;
    this.type = type;
  }

  static List<AdminEndpoint> of(Api api, EntityType<?> type) {
    EntityEndpoints made = new EntityEndpoints(api, type);
    made.collection();
    made.item();
    for (Map.Entry<String, Field> field : type.schema().fields().entrySet()) {
      if (field.getValue() instanceof ForeignField foreign) {
        Optional<EntityType<?>> parent = api.catalog().entityType(foreign.reference());
        parent.ifPresent(
            found -> {
              made.endpoints.addAll(NestedEndpoints.of(api, found, type, field.getKey()));
              made.endpoints.addAll(ParentEndpoints.of(api, found, type, field.getKey()));
            });
      }
    }
    return made.endpoints;
  }

  private void collection() {
    String path = "/" + type.path();
    endpoints.add(new AdminEndpoint("GET", path, new EntityList(api, type)::get));
    endpoints.add(
        new AdminEndpoint(
            "POST",
            path,
            call ->
                api.entities()
                    .insert(type, call.body(), Api.options(call))
                    .map(made -> Answers.entity(201, type, made))));
  }

  private void item() {
    String path = "/" + type.path() + "/{" + type.name() + "}";
    endpoints.add(
        new AdminEndpoint(
            "GET",
            path,
            call -> api.find(type, call.parameter(type.name())).map(found -> Answers.entity(type, found))));
    endpoints.add(
        new AdminEndpoint(
            "PUT",
            path,
            call ->
                api.entities()
                    .upsert(type, Api.key(type, call.parameter(type.name())), call.body(), Api.options(call))
                    .map(written -> Answers.entity(type, written))));
    endpoints.add(
        new AdminEndpoint(
            "PATCH",
            path,
            call ->
                api.entities()
                    .update(type, Api.key(type, call.parameter(type.name())), call.body(), Api.options(call))
                    .map(written -> Answers.entity(type, written))));
    endpoints.add(
        new AdminEndpoint(
            "DELETE",
            path,
            call ->
                api.entities()
                    .delete(type, Api.key(type, call.parameter(type.name())), Api.options(call))
                    .map(there -> Answers.noContent())));
  }
}
