package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.ApiError;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The arguments {@code size} and {@code offset} of lists, and the lists themselves. */
final class Paging {

  private static final int DEFAULT_SIZE = 100;
  private static final int MOST = 1000;
  private static final String BAD_JSON = "bad json encoding";
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");

  private Paging() {}

  static int size(AdminRequest request) {
    Optional<String> given = request.argument("size");
    if (given.isEmpty()) {
      return DEFAULT_SIZE;
    }
    double size = number(given.get()).orElseThrow(() -> coded(9, "invalid size", "size must be a number"));
    if (size != Math.rint(size) || size < 1 || size > MOST) {
      throw coded(9, "invalid size", "size must be an integer between 1 and " + MOST);
    }
    return (int) size;
  }

  private static Optional<Double> number(String text) {
    return DECIMAL.matcher(text.strip()).matches() ? Optional.of(Double.valueOf(text.strip())) : Optional.empty();
  }

  /** Where a list that is sorted by id goes on. */
  static Optional<String> afterId(AdminRequest request) {
    return request.argument("offset").map(
        offset -> {
          JsonArray position = decode(offset);
          if (position.size() == 1 && position.getValue(0) instanceof String id) {
            return id;
          }
          throw badOffset(offset, BAD_JSON);
        });
  }

  /** What {@link #offset} made of a position. */
  static JsonArray decode(String offset) {
    byte[] json;
    try {
      json = Base64.getDecoder().decode(offset);
    } catch (IllegalArgumentException e) {
      throw badOffset(offset, "bad base64 encoding");
    }
    try {
      if (Json.decodeValue(new String(json, StandardCharsets.UTF_8)) instanceof JsonArray array) {
        return array;
      }
    } catch (DecodeException e) {
      // Falls through: what is no list is as bad.
    }
    throw badOffset(offset, BAD_JSON);
  }

  static ApiError badOffset(String offset, String problem) {
    return coded(7, "invalid offset", "'" + offset + "' is not a valid offset: " + problem);
  }

  private static ApiError coded(int code, String name, String message) {
    return new ApiError(400, new JsonObject().put("code", code).put("name", name).put("message", message));
  }

  /** Where to go on after a row, as clients give it back. */
  static String offset(JsonArray position) {
    return Base64.getEncoder().withoutPadding().encodeToString(position.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** A page of a list that is sorted by id; of the rows there is one more than it may have, when there are more. */
  static JsonObject byId(List<JsonObject> rows, int size, Function<String, String> next) {
    return page(rows, size, row -> offset(new JsonArray().add(row.getString("id"))), next);
  }

  /**
   * A page.
   *
   * @param rows one more than the page may have, when there are more
   * @param offset after a row
   * @param next the path of the next page, by the offset in the form for paths
   */
  static JsonObject page(
      List<JsonObject> rows, int size, Function<JsonObject, String> offset, Function<String, String> next) {
    if (rows.size() <= size) {
      return new JsonObject().put("data", new JsonArray(rows)).putNull("next");
    }
    String after = offset.apply(rows.get(size - 1));
    return new JsonObject()
        .put("data", new JsonArray(rows.subList(0, size)))
        .put("offset", after)
        .put("next", next.apply(PercentText.encode(after)));
  }
}
