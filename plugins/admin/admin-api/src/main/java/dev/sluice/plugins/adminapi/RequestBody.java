package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.ApiError;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A body in the form of an object.
 *
 * @param content empty when there was none
 * @param form whether its values are texts
 */
record RequestBody(JsonObject content, boolean form) {

  static RequestBody of(AdminRequest request) {
    String type = request.headers().get("Content-Type").orElse("");
    String lower = type.toLowerCase(Locale.ROOT);
    if (lower.startsWith(MediaTypes.JSON)) {
      return new RequestBody(json(request.body().toString(StandardCharsets.UTF_8)), false);
    } else if (lower.startsWith(MediaTypes.FORM)) {
      return new RequestBody(form(request.body().toString(StandardCharsets.UTF_8)), true);
    } else if (lower.startsWith(MediaTypes.MULTIPART)) {
      FormTree tree = new FormTree();
      MultipartText.parts(type, request.body()).forEach(part -> tree.put(part.name(), part.value()));
      return new RequestBody(tree.toJson(), true);
    }
    return new RequestBody(new JsonObject(), false);
  }

  /** To Kong a list is a table like any other, and a scalar is no table at all. */
  static JsonObject json(String text) {
    if (!JsonGuard.allows(text)) {
      throw unreadable();
    }
    Object value;
    try {
      value = Json.decodeValue(text);
    } catch (DecodeException e) {
      throw unreadable();
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    if (Boolean.FALSE.equals(value)) {
      throw unreadable();
    }
    JsonObject object = new JsonObject();
    if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        object.put(String.valueOf(i + 1), array.getValue(i));
      }
    }
    return object;
  }

  private static ApiError unreadable() {
    return ApiError.of(400, "Cannot parse JSON body");
  }

  private static JsonObject form(String text) {
    FormTree tree = new FormTree();
    int count = 0;
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = PercentText.decodeLeniently(equals < 0 ? pair : pair.substring(0, equals), true);
      if (!name.isEmpty()) {
        ArgumentLimit.check(++count);
        tree.put(name, equals < 0 ? true : PercentText.decodeLeniently(pair.substring(equals + 1), true));
      }
    }
    return tree.toJson();
  }
}
