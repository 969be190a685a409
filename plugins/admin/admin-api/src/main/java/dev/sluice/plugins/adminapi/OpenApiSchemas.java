package dev.sluice.plugins.adminapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Turns rendered schemas of entities into those of OpenAPI 3.0. */
final class OpenApiSchemas {

  private static final String OBJECT = "object";

  private OpenApiSchemas() {}

  /** The schema of a record, from what {@code GET /schemas/...} shows of it. */
  static JsonObject record(JsonObject rendered) {
    JsonObject properties = new JsonObject();
    each(rendered, (name, field) -> properties.put(name, nullable(field)));
    JsonObject schema = new JsonObject().put("type", OBJECT);
    if (!properties.isEmpty()) {
      schema.put("properties", properties);
    }
    return schema;
  }

  /** The fields that a body must name. */
  static JsonArray required(JsonObject rendered) {
    JsonArray required = new JsonArray();
    each(
        rendered,
        (name, field) -> {
          boolean given = field.containsKey("default") || is(field, "auto") || "record".equals(field.getValue("type"));
          if (is(field, "required") && !given) {
            required.add(name);
          }
        });
    return required;
  }

  private interface Visitor {
    void field(String name, JsonObject field);
  }

  private static void each(JsonObject rendered, Visitor visitor) {
    for (Object one : rendered.getJsonArray("fields", new JsonArray())) {
      for (Map.Entry<String, Object> named : (JsonObject) one) {
        visitor.field(named.getKey(), (JsonObject) named.getValue());
      }
    }
  }

  private static boolean is(JsonObject field, String mark) {
    return Boolean.TRUE.equals(field.getValue(mark));
  }

  private static JsonObject nullable(JsonObject field) {
    JsonObject schema = field(field);
    if (!is(field, "required") && !is(field, "auto") && schema.containsKey("type")) {
      schema.put("nullable", true);
    }
    return schema;
  }

  /** The schema of a field or of an element. */
  static JsonObject field(JsonObject field) {
    JsonObject schema = typed(field);
    if (field.getValue("description") instanceof String text) {
      schema.put("description", text);
    }
    if (field.getValue("default") != null) {
      schema.put("default", field.getValue("default"));
    }
    if (field.containsKey("deprecation")) {
      schema.put("deprecated", true);
    }
    return schema;
  }

  private static JsonObject typed(JsonObject field) {
    return switch (field.getString("type", "any")) {
      case "string" -> string(field);
      case "integer" -> number("integer", field);
      case "number" -> number("number", field);
      case "boolean" -> new JsonObject().put("type", "boolean");
      case "array", "set" -> list(field);
      case "map" -> new JsonObject().put("type", OBJECT).put("additionalProperties", inner(field, "values"));
      case "record" -> record(field);
      case "foreign" -> reference();
      default -> new JsonObject();
    };
  }

  private static JsonObject string(JsonObject field) {
    JsonObject schema = new JsonObject().put("type", "string");
    if (field.getValue("one_of") instanceof JsonArray choices && !choices.isEmpty()) {
      schema.put("enum", choices);
    }
    if (is(field, "uuid")) {
      schema.put("format", "uuid");
    }
    if (field.getValue("len_max") instanceof Integer most) {
      schema.put("maxLength", most);
    }
    return schema;
  }

  private static JsonObject number(String type, JsonObject field) {
    JsonObject schema = new JsonObject().put("type", type);
    if (field.getValue("between") instanceof JsonArray range && range.size() == 2) {
      schema.put("minimum", range.getValue(0)).put("maximum", range.getValue(1));
    }
    if (field.getValue("gt") instanceof Number above) {
      schema.put("minimum", above).put("exclusiveMinimum", true);
    }
    if (field.getValue("one_of") instanceof JsonArray choices && !choices.isEmpty()) {
      schema.put("enum", choices);
    }
    return schema;
  }

  private static JsonObject list(JsonObject field) {
    JsonObject schema = new JsonObject().put("type", "array").put("items", inner(field, "elements"));
    return "set".equals(field.getString("type")) ? schema.put("uniqueItems", true) : schema;
  }

  private static JsonObject inner(JsonObject field, String name) {
    return field.getValue(name) instanceof JsonObject element ? field(element) : new JsonObject();
  }

  private static JsonObject reference() {
    JsonObject id = new JsonObject().put("type", "string").put("format", "uuid");
    return new JsonObject().put("type", OBJECT).put("properties", new JsonObject().put("id", id));
  }
}
