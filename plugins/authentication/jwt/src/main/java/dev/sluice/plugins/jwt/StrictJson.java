package dev.sluice.plugins.jwt;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * JSON of which there is but one reading. The JSON library of the gateway takes the last one of several fields of one
 * name, and skips comments; where somebody else reads a token, too, that would be two readings.
 */
final class StrictJson {

  private StrictJson() {}

  /**
   * Reads a value.
   *
   * @return an object, or any other value, or null
   * @throws DecodeException when it is no JSON, or not of one reading
   */
  static Object read(byte[] bytes) {
    Object value = Json.decodeValue(Buffer.buffer(bytes));
    if (value instanceof JsonObject object && fields(new String(bytes, StandardCharsets.UTF_8)) != object.size()) {
      throw new DecodeException("a field stands there twice");
    }
    return value;
  }

  /** How many fields an object has, as it is written. */
  private static int fields(String json) {
    int fields = 0;
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        }
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c == ':' && depth == 1) {
        fields++;
      } else if (c == '/') {
        throw new DecodeException("a comment");
      }
    }
    return fields;
  }
}
