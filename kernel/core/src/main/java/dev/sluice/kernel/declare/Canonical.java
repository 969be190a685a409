package dev.sluice.kernel.declare;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** One text for all JSON values that are the same, whatever the order of their keys and the classes of numbers. */
public final class Canonical {

  private Canonical() {}

  /** The text. */
  public static String text(Object value) {
    if (value instanceof JsonObject object) {
      List<String> entries = new ArrayList<>();
      new TreeMap<>(object.getMap())
          .keySet()
          .forEach(key -> entries.add('"' + key + "\":" + text(object.getValue(key))));
      return entries.toString();
    }
    if (value instanceof JsonArray array) {
      StringBuilder items = new StringBuilder("(");
      for (int i = 0; i < array.size(); i++) {
        items.append(text(array.getValue(i))).append(',');
      }
      return items.append(')').toString();
    }
    if (value instanceof Number number) {
      double wide = number.doubleValue();
      boolean whole = wide == Math.rint(wide) && Math.abs(wide) < 1e15;
      return whole ? String.valueOf(number.longValue()) : String.valueOf(wide);
    }
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }

  /** Whether two values are the same. */
  public static boolean same(Object a, Object b) {
    return a == null ? b == null : b != null && text(a).equals(text(b));
  }
}
