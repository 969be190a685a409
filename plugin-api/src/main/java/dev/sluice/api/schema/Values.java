package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What JSON values are, in the eyes of a schema. */
final class Values {

  private static final double EXACT = 9007199254740992d;

  private Values() {}

  /** Equal, numbers by their value whatever their class. */
  static boolean same(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue()) == 0;
    }
    return a == null ? b == null : a.equals(b);
  }

  /** Whether checks such as "at least one of" count a value. */
  static boolean isNonEmpty(Object value) {
    if (value instanceof JsonObject object) {
      return !object.isEmpty();
    }
    if (value instanceof JsonArray array) {
      return !array.isEmpty();
    }
    return value != null && !"".equals(value);
  }

  static double toDouble(Object number) {
    return ((Number) number).doubleValue();
  }

  static boolean isWhole(Number number) {
    double value = number.doubleValue();
    return !Double.isInfinite(value) && value == Math.floor(value);
  }

  /** Whole numbers as integers, so that 80.0 is stored and shown as 80. */
  static Number canonical(Number number) {
    double value = number.doubleValue();
    if (!isWhole(number) || Math.abs(value) > EXACT) {
      return number;
    }
    long whole = number instanceof Double || number instanceof Float ? (long) value : number.longValue();
    if (whole == (int) whole) {
      return (int) whole;
    }
    return whole;
  }

  /** The length of a text in bytes, or the size of a collection. */
  static int length(Object value) {
    if (value instanceof JsonArray array) {
      return array.size();
    }
    if (value instanceof JsonObject object) {
      return object.size();
    }
    return ((String) value).getBytes(StandardCharsets.UTF_8).length;
  }

  /** A list; an empty object counts as an empty list, since Lua cannot tell them apart. */
  static JsonArray toArray(Object value) {
    return value instanceof JsonArray array ? array : new JsonArray();
  }

  static boolean isEmptyObject(Object value) {
    return value instanceof JsonObject object && object.isEmpty();
  }

  static boolean isEmptyArray(Object value) {
    return value instanceof JsonArray array && array.isEmpty();
  }

  /** A copy of a value that shares nothing mutable with it. */
  static Object copy(Object value) {
    if (value instanceof JsonObject object) {
      return object.copy();
    }
    return value instanceof JsonArray array ? array.copy() : value;
  }

  /** The value at a dotted path, when all that leads there are objects; null when it is null. */
  static Object at(JsonObject object, String path) {
    Optional<JsonObject> parent = parent(object, path);
    return parent.isEmpty() ? null : parent.get().getValue(last(path));
  }

  /** Whether there is a value, perhaps null, at a dotted path. */
  static boolean has(JsonObject object, String path) {
    return parent(object, path).filter(holder -> holder.containsKey(last(path))).isPresent();
  }

  private static Optional<JsonObject> parent(JsonObject object, String path) {
    JsonObject holder = object;
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      if (!(holder.getValue(path.substring(from, dot)) instanceof JsonObject inner)) {
        return Optional.empty();
      }
      holder = inner;
      from = dot + 1;
    }
    return Optional.of(holder);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
