package dev.sluice.plugins.requesttransformer;

import dev.sluice.plugins.requesttransformer.TransformerConfig.Edits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Changes of a body, by its kind. What is not what it says it is stays as it is. */
final class BodyEdits {

  private BodyEdits() {}

  /** Whether a content type is that of a URL-encoded form. */
  static boolean isForm(String contentType) {
    return !isJson(contentType) && !isMultipart(contentType) && has(contentType, "application/x-www-form-urlencoded");
  }

  /** Whether bodies of a content type can be changed. */
  static boolean understands(String contentType) {
    return isJson(contentType) || isMultipart(contentType) || isForm(contentType);
  }

  private static boolean isJson(String contentType) {
    return has(contentType, "application/json");
  }

  private static boolean isMultipart(String contentType) {
    return has(contentType, "multipart/form-data");
  }

  private static boolean has(String contentType, String kind) {
    return contentType.toLowerCase(Locale.ROOT).contains(kind);
  }

  /** The changed body; empty when it stays as it is. */
  static Optional<Buffer> apply(Edits edits, String contentType, Buffer body, Scope scope) {
    if (isJson(contentType)) {
      return json(body)
          .filter(object -> Target.apply(edits, new JsonFields(object), scope))
          .map(JsonObject::toBuffer);
    } else if (isMultipart(contentType)) {
      return MultipartFields.parse(contentType, body)
          .filter(fields -> Target.apply(edits, fields, scope))
          .map(MultipartFields::encode);
    }
    Arguments form = Arguments.parse(body.toString(StandardCharsets.ISO_8859_1));
    return Target.apply(edits, form, scope) ? Optional.of(Buffer.buffer(form.encode())) : Optional.empty();
  }

  private static Optional<JsonObject> json(Buffer body) {
    if (body.length() == 0) {
      return Optional.of(new JsonObject());
    }
    try {
      return Json.decodeValue(body) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
