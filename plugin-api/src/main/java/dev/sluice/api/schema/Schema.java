package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;

/** The fields and checks of an entity. */
public final class Schema {

  /** No field at all. */
  public static final Schema EMPTY = new Schema();

  private Schema() {}

  /** Fills defaults and automatic fields of a body. */
  public JsonObject complete(JsonObject body, Operation operation, SchemaRun run) {
    return body;
  }

  /** Lays a patch over a stored document: records merge, all else is replaced. */
  public JsonObject merge(JsonObject stored, JsonObject patch, SchemaRun run) {
    return patch;
  }

  /** Checks a complete document; throws {@link SchemaException}. */
  public void validate(JsonObject document, JsonObject given, Operation operation, SchemaRun run) {
  }

  /** Applies what the type computes of its fields. */
  public JsonObject transform(JsonObject document, JsonObject given, Operation operation, SchemaRun run) {
    return document;
  }

  /** Turns the texts of a form into the types of the fields. */
  public JsonObject coerce(JsonObject form, SchemaRun run) {
    return form;
  }

  /** The schema in the form of {@code GET /schemas/{entity}}. */
  public JsonObject render() {
    return new JsonObject();
  }
}
