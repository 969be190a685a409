package dev.sluice.plugins.declarative;

import dev.sluice.api.admin.ApiError;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** Documents as text: JSON where it can be read as JSON, else YAML. */
final class DocumentText {

  private static final int CODE = 14;

  private DocumentText() {}

  /**
   * Reads a document.
   *
   * @throws ApiError when it is no object
   */
  static JsonObject parse(String text) {
    Object value;
    try {
      value = Json.decodeValue(text);
    } catch (DecodeException notJson) {
      value = null;
    }
    if (!(value instanceof JsonObject)) {
      try {
        value = YamlReader.read(text);
      } catch (YamlReader.BadYamlException e) {
        throw unreadable(e.getMessage());
      }
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw unreadable("expected an object");
  }

  static ApiError unreadable(String why) {
    String error = "failed parsing declarative configuration: " + why;
    return new ApiError(
        400,
        new JsonObject()
            .put("message", "declarative config is invalid: {error=\"" + error.replace("\"", "\\\"") + "\"}")
            .put("name", "invalid declarative configuration")
            .put("code", CODE)
            .put("fields", new JsonObject().put("error", error)));
  }
}
