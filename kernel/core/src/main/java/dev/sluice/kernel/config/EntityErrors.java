package dev.sluice.kernel.config;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.api.store.StoreException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Refusals of entities, with Kong's codes, names and words. */
final class EntityErrors {

  private EntityErrors() {}

  private static ApiError coded(int status, int code, String name, String message, JsonObject fields) {
    return new ApiError(
        status,
        new JsonObject().put("message", message).put("name", name).put("code", code).put("fields", fields));
  }

  static ApiError schema(SchemaException violation) {
    return coded(400, 2, "schema violation", violation.getMessage(), violation.fields());
  }

  static ApiError schema(String field, String message) {
    return coded(
        400,
        2,
        "schema violation",
        "schema violation (" + field + ": " + message + ")",
        new JsonObject().put(field, message));
  }

  static ApiError primaryKeyTaken(String id) {
    JsonObject fields = new JsonObject().put("id", id);
    return coded(400, 3, "primary key violation", "primary key violation on key '" + literal(fields) + "'", fields);
  }

  static ApiError missingReference(String field, String type, String id) {
    JsonObject key = new JsonObject().put("id", id);
    return coded(
        400,
        4,
        "foreign key violation",
        "the foreign key '" + literal(key) + "' does not reference an existing '" + type + "' entity.",
        new JsonObject().put(field, key));
  }

  static ApiError referenced(String type, String byType) {
    return coded(
        400,
        4,
        "foreign key violation",
        "an existing '" + byType + "' entity references this '" + type + "' entity",
        new JsonObject().put("@referenced_by", byType));
  }

  static ApiError caReferenced(String id, String byType, String byId) {
    String message = "ca certificate " + id + " is still referenced by " + byType + " (id = " + byId + ")";
    return new ApiError(
        400, new JsonObject().put("message", message).put("name", "referenced by others").put("code", 19));
  }

  static ApiError unique(JsonObject fields) {
    return coded(
        409,
        5,
        "unique constraint violation",
        "UNIQUE violation detected on '" + literal(fields) + "'",
        fields);
  }

  static ApiError notFound(EntityKey key) {
    if (key instanceof EntityKey.Unique unique) {
      JsonObject fields = new JsonObject().put(unique.field(), unique.value());
      return coded(404, 6, "not found", "could not find the entity with '" + literal(fields) + "'", fields);
    }
    JsonObject fields = new JsonObject().put("id", ((EntityKey.Id) key).id());
    return coded(404, 6, "not found", "could not find the entity with primary key '" + literal(fields) + "'", fields);
  }

  /** A key that no entity can have: a name of a wrong form, or an id that is no UUID. */
  static ApiError key(String field, String problem) {
    if (field.equals("id")) {
      JsonObject fields = new JsonObject().put("id", problem);
      return coded(400, 1, "invalid primary key", "invalid primary key: '" + literal(fields) + "'", fields);
    }
    return new ApiError(
        400, new JsonObject().put("message", problem).put("name", "invalid unique " + field).put("code", 10));
  }

  static ApiError options(String option, String message) {
    return new ApiError(
        400,
        new JsonObject()
            .put("message", "invalid option (" + option + ": " + message + ")")
            .put("name", "invalid options")
            .put("code", 11)
            .put("options", new JsonObject().put(option, message)));
  }

  /** References by name that lead nowhere: what was asked for by field. */
  static ApiError unresolved(Map<String, JsonObject> asked, Map<String, String> types) {
    JsonObject fields = new JsonObject();
    StringBuilder list = new StringBuilder();
    new TreeMap<>(asked)
        .forEach(
            (field, given) -> {
              String name = given.fieldNames().iterator().next();
              String text =
                  "the foreign key cannot be resolved with '"
                      + literal(given)
                      + "' for an existing '"
                      + types.get(field)
                      + "' entity";
              fields.put(field, new JsonObject().put(name, text));
              list.append(list.length() == 0 ? "" : "; ").append(field).append('.').append(name).append(": ").append(text);
            });
    String head = asked.size() == 1 ? "foreign key unresolved (" : asked.size() + " foreign keys unresolved (";
    return coded(400, 13, "foreign keys unresolved", head + list + ")", fields);
  }

  /**
   * A single write on a node without a database.
   *
   * @param field by which the entity was named; empty when by its id
   */
  static ApiError unsupported(String verb, String type, Optional<String> field) {
    String by = field.map(name -> " by '" + name + "'").orElse("");
    String message = "cannot " + verb + " '" + type + "' entities" + by + " when not using a database";
    return new ApiError(
        405, new JsonObject().put("message", message).put("name", "operation unsupported").put("code", 12));
  }

  /** What a failure is told as, when nothing more can be done about it. */
  static Throwable settled(Throwable cause) {
    if (cause instanceof StoreException.Changed) {
      return ApiError.of(409, "other nodes keep changing this entity, try again");
    }
    return cause instanceof ApiError ? cause : ControlPlane.refusal(cause, null);
  }

  static ApiError unavailable(StoreException cause) {
    return ApiError.of(cause.getMessage().contains("full") ? 507 : 500, "An unexpected error occurred");
  }

  /** A table as Kong's messages write it: keys in order, texts quoted. */
  static String literal(Object value) {
    if (value instanceof JsonObject object) {
      StringBuilder text = new StringBuilder("{");
      new TreeMap<>(object.getMap())
          .forEach(
              (key, member) ->
                  text.append(text.length() == 1 ? "" : ",").append(key).append('=').append(member(object, key)));
      return text.append('}').toString();
    }
    return value instanceof String string ? '"' + string + '"' : String.valueOf(value);
  }

  private static String member(JsonObject object, String key) {
    return literal(object.getValue(key));
  }

  /** The fields of a unique key and their values in a document. */
  static JsonObject keyOf(String fields, JsonObject document) {
    JsonObject key = new JsonObject();
    for (String field : new TreeSet<>(List.of(fields.split(",", -1)))) {
      key.put(field, document.getValue(field));
    }
    return key;
  }
}
