package dev.sluice.kernel.declare;

import dev.sluice.api.admin.ApiError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Refusals of documents, in Kong's form. */
public final class DocumentErrors {

  private static final int CODE = 14;

  private DocumentErrors() {}

  /** A refusal for what is wrong with the fields of a document. */
  public static ApiError of(JsonObject fields) {
    return new ApiError(400, body(fields));
  }

  static ApiError flattened(JsonObject fields, JsonArray byEntity) {
    return new ApiError(400, body(fields).put("flattened_errors", byEntity));
  }

  private static JsonObject body(JsonObject fields) {
    return new JsonObject()
        .put("message", "declarative config is invalid: " + ErrorText.literal(fields))
        .put("name", "invalid declarative configuration")
        .put("code", CODE)
        .put("fields", fields);
  }
}
