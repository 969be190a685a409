package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.ForeignField;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes the Admin API of this node in OpenAPI 3.0: its endpoints, and the schemas of all that is loaded. */
final class OpenApi {

  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
  private static final String OBJECT = "object";
  private static final String SCHEMA = "schema";

  private final Api api;
  private final Map<String, Shown> shown = new HashMap<>();

  /**
   * What an endpoint is about.
   *
   * @param type of the entities
   * @param list whether there are many of them
   */
  private record Shown(EntityType<?> type, boolean list) {}

  private OpenApi(Api api) {
    this.api = api;
    for (EntityType<?> type : api.catalog().entityTypes().values()) {
      if (type.endpoints()) {
        know(type);
      }
    }
  }

  static void add(Api api, EndpointTable.Builder table) {
    table.add(
        new AdminEndpoint(
            "GET", "/openapi.json", call -> Answers.now(Answers.ok(new OpenApi(api).document(table)))));
  }

  private void know(EntityType<?> type) {
    String item = "/" + type.path() + "/{" + type.name() + "}";
    shown.put("/" + type.path(), new Shown(type, true));
    shown.put(item, new Shown(type, false));
    for (Map.Entry<String, Field> field : type.schema().fields().entrySet()) {
      if (field.getValue() instanceof ForeignField foreign) {
        Optional<EntityType<?>> parent = api.catalog().entityType(foreign.reference());
        if (parent.isPresent()) {
          EntityType<?> found = parent.get();
          String nested = "/" + found.path() + "/{" + found.name() + "}/" + type.nestedPath(found.name());
          shown.put(nested, new Shown(type, true));
          shown.put(nested + "/{" + type.name() + "}", new Shown(type, false));
          shown.put(item + "/" + field.getKey(), new Shown(found, false));
        }
      }
    }
  }

  private JsonObject document(EndpointTable.Builder table) {
    JsonObject paths = new JsonObject();
    table.forEach((template, endpoints) -> paths.put(template, path(template, endpoints)));
    JsonObject token = new JsonObject().put("type", "apiKey").put("in", "header").put("name", "Kong-Admin-Token");
    JsonObject bearer = new JsonObject().put("type", "http").put("scheme", "bearer");
    return new JsonObject()
        .put("openapi", "3.0.3")
        .put(
            "info",
            new JsonObject()
                .put("title", "Admin API")
                .put("description", "As Kong Gateway " + api.node().compatibleVersion() + " has it, and more.")
                .put("version", api.node().version()))
        .put("servers", new JsonArray().add(new JsonObject().put("url", api.prefix().isEmpty() ? "/" : api.prefix())))
        .put(
            "security",
            new JsonArray()
                .add(new JsonObject())
                .add(new JsonObject().put("token", new JsonArray()))
                .add(new JsonObject().put("bearer", new JsonArray())))
        .put("paths", paths)
        .put(
            "components",
            new JsonObject()
                .put("schemas", schemas())
                .put("securitySchemes", new JsonObject().put("token", token).put("bearer", bearer)));
  }

  private JsonObject schemas() {
    JsonObject schemas = new JsonObject();
    api.catalog()
        .entityTypes()
        .forEach((name, type) -> schemas.put(name, OpenApiSchemas.record(type.schema().render(api.run()))));
    JsonArray configs = new JsonArray();
    for (Map.Entry<String, FilterFactory<?>> filter : api.catalog().filters().entrySet()) {
      String name = "plugins.config." + filter.getKey();
      schemas.put(name, OpenApiSchemas.record(filter.getValue().schema().config().render()));
      configs.add(reference(name));
    }
    if (!configs.isEmpty()) {
      JsonObject plugins = schemas.getJsonObject("plugins").getJsonObject("properties");
      plugins.put("config", new JsonObject().put("anyOf", configs));
    }
    JsonObject error = new JsonObject().put("message", new JsonObject().put("type", "string"));
    error.put("name", new JsonObject().put("type", "string"));
    error.put("code", new JsonObject().put("type", "integer"));
    error.put("fields", new JsonObject().put("type", OBJECT));
    return schemas.put("error", new JsonObject().put("type", OBJECT).put("properties", error));
  }

  private static JsonObject reference(String schema) {
    return new JsonObject().put("$ref", "#/components/schemas/" + schema);
  }

  private JsonObject path(String template, Map<String, AdminEndpoint> endpoints) {
    JsonObject path = new JsonObject();
    JsonArray parameters = new JsonArray();
    Matcher names = PARAMETER.matcher(template);
    while (names.find()) {
      parameters.add(parameter("path", names.group(1), "string").put("required", true));
    }
    if (!parameters.isEmpty()) {
      path.put("parameters", parameters);
    }
    endpoints.forEach(
        (method, endpoint) -> path.put(method.toLowerCase(Locale.ROOT), operation(method, template)));
    return path;
  }

  private static JsonObject parameter(String in, String name, String type) {
    return new JsonObject().put("name", name).put("in", in).put(SCHEMA, new JsonObject().put("type", type));
  }

  private JsonObject operation(String method, String template) {
    Optional<Shown> about = Optional.ofNullable(shown.get(template));
    JsonObject operation = new JsonObject().put("operationId", id(method, template));
    if (about.isPresent()) {
      operation.put("tags", new JsonArray().add(about.get().type().name()));
      if (method.equals("GET") && about.get().list()) {
        operation.put(
            "parameters",
            new JsonArray()
                .add(parameter("query", "size", "integer"))
                .add(parameter("query", "offset", "string"))
                .add(parameter("query", "tags", "string")));
      }
    }
    if (MediaTypes.mayHaveBody(method)) {
      operation.put("requestBody", new JsonObject().put("content", contents(body(method, about))));
    }
    String status = method.equals("DELETE") ? "204" : method.equals("POST") && about.isPresent() ? "201" : "200";
    JsonObject good = new JsonObject().put("description", "done");
    if (!status.equals("204")) {
      good.put("content", json(answer(method, about)));
    }
    JsonObject bad = new JsonObject().put("description", "refused").put("content", json(reference("error")));
    return operation.put("responses", new JsonObject().put(status, good).put("default", bad));
  }

  private static String id(String method, String template) {
    String name = template.equals("/") ? "root" : template.substring(1).replaceAll("[^A-Za-z0-9]+", "_");
    // Two templates may differ in nothing but braces.
    return method.toLowerCase(Locale.ROOT) + "_" + name + "_" + PARAMETER.matcher(template).results().count();
  }

  private JsonObject body(String method, Optional<Shown> about) {
    if (about.isEmpty()) {
      return new JsonObject().put("type", OBJECT);
    }
    EntityType<?> type = about.get().type();
    JsonObject schema = reference(type.name());
    JsonArray required = OpenApiSchemas.required(type.schema().render(api.run()));
    return method.equals("POST") && !required.isEmpty()
        ? new JsonObject()
            .put("allOf", new JsonArray().add(schema).add(new JsonObject().put("required", required)))
        : schema;
  }

  private static JsonObject answer(String method, Optional<Shown> about) {
    if (about.isEmpty()) {
      return new JsonObject().put("type", OBJECT);
    }
    JsonObject one = reference(about.get().type().name());
    if (!about.get().list() || !method.equals("GET")) {
      return one;
    }
    JsonObject text = new JsonObject().put("type", "string");
    return new JsonObject()
        .put("type", OBJECT)
        .put(
            "properties",
            new JsonObject()
                .put("data", new JsonObject().put("type", "array").put("items", one))
                .put("next", text.copy().put("nullable", true))
                .put("offset", text));
  }

  private static JsonObject json(JsonObject schema) {
    return new JsonObject().put(MediaTypes.JSON, new JsonObject().put(SCHEMA, schema));
  }

  private static JsonObject contents(JsonObject schema) {
    return json(schema).put(MediaTypes.FORM, new JsonObject().put(SCHEMA, schema.copy()));
  }
}
