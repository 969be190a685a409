package dev.sluice.plugins.awslambda;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.UrlEncoded;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Arguments and headers as JSON: a name that comes again has a list, an argument without a value is true. */
final class Arguments {

  private Arguments() {}

  /** Those of a query or a form. */
  static JsonObject of(String encoded) {
    JsonObject arguments = new JsonObject();
    for (String one : encoded.split("&", -1)) {
      if (!one.isEmpty()) {
        int equals = one.indexOf('=');
        String name = UrlEncoded.decode(equals < 0 ? one : one.substring(0, equals));
        add(arguments, name, equals < 0 ? true : UrlEncoded.decode(one.substring(equals + 1)));
      }
    }
    return arguments;
  }

  /** Those of a body; none when it is of another type, or not what it promises to be. */
  static JsonObject of(String contentType, Buffer body) {
    String type = contentType.toLowerCase(Locale.ROOT);
    if (type.contains("application/x-www-form-urlencoded")) {
      return of(body.toString(StandardCharsets.ISO_8859_1));
    }
    try {
      return type.contains("application/json") && Json.decodeValue(body) instanceof JsonObject json
          ? json
          : new JsonObject();
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }

  /** Headers by their names in small letters. */
  static JsonObject of(Headers headers) {
    JsonObject lines = new JsonObject();
    headers.forEach((name, value) -> add(lines, name.toLowerCase(Locale.ROOT), value));
    return lines;
  }

  private static void add(JsonObject to, String name, Object value) {
    Object before = to.getValue(name);
    if (before == null) {
      to.put(name, value);
    } else if (before instanceof JsonArray list) {
      list.add(value);
    } else {
      to.put(name, new JsonArray().add(before).add(value));
    }
  }
}
