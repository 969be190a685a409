package dev.sluice.api.entity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Helpers to decode documents. */
public final class Documents {

  private Documents() {}

  /** A list of texts; empty when the field is null or absent. */
  public static List<String> strings(JsonObject document, String field) {
    JsonArray array = document.getJsonArray(field);
    if (array == null) {
      return List.of();
    }
    List<String> values = new ArrayList<>(array.size());
    for (Object value : array) {
      values.add(String.valueOf(value));
    }
    return List.copyOf(values);
  }

  /** A list of whole numbers; empty when the field is null or absent. */
  public static List<Integer> integers(JsonObject document, String field) {
    JsonArray array = document.getJsonArray(field);
    if (array == null) {
      return List.of();
    }
    List<Integer> values = new ArrayList<>(array.size());
    for (Object value : array) {
      values.add(((Number) value).intValue());
    }
    return List.copyOf(values);
  }

  /**
   * A whole number; the fallback when the field is null or absent. Beyond the range of an {@code int} it is the nearest
   * end.
   */
  public static int integer(JsonObject document, String field, int fallback) {
    Long value = document.getLong(field);
    return value == null ? fallback : (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
  }

  /** True or false; the fallback when the field is null or absent. */
  public static boolean bool(JsonObject document, String field, boolean fallback) {
    Boolean value = document.getBoolean(field);
    return value == null ? fallback : value;
  }

  /** A text; the fallback when the field is null or absent. */
  public static String string(JsonObject document, String field, String fallback) {
    String value = document.getString(field);
    return value == null ? fallback : value;
  }

  /** The id in a foreign field. */
  public static Optional<String> reference(JsonObject document, String field) {
    JsonObject value = document.getJsonObject(field);
    return value == null ? Optional.empty() : Optional.ofNullable(value.getString("id"));
  }
}
