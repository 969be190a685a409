package dev.sluice.plugins.authentication;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A JSON object, whose fields are the form's. */
final class JsonForm implements BodyForm {

  private final JsonObject object;

  private JsonForm(JsonObject object) {
    this.object = object;
  }

  static BodyForm read(Buffer body) {
    try {
      return Json.decodeValue(body) instanceof JsonObject object ? new JsonForm(object) : NONE;
    } catch (DecodeException e) {
      return NONE;
    }
  }

  @Override
  public Found find(String name) {
    Object value = object.getValue(name);
    if (value instanceof JsonObject || value instanceof JsonArray) {
      return Found.SEVERAL;
    }
    return value instanceof String key ? Found.one(key) : Found.NONE;
  }

  @Override
  public Buffer without(String name) {
    JsonObject rest = object.copy();
    rest.remove(name);
    return rest.toBuffer();
  }
}
