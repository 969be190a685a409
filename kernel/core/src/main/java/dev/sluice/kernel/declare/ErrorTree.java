package dev.sluice.kernel.declare;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What is wrong with a document, nested like the document itself. Positions in lists may be left out. */
final class ErrorTree {

  private final JsonObject root = new JsonObject();

  JsonObject root() {
    return root;
  }

  boolean isEmpty() {
    return root.isEmpty();
  }

  /** Puts a problem where it belongs; what was said of the same place before stays. */
  void put(List<Object> place, Object problem) {
    Object holder = root;
    for (int i = 0; i < place.size() - 1; i++) {
      Object next = get(holder, place.get(i));
      if (next == null) {
        next = place.get(i + 1) instanceof Integer ? new JsonArray() : new JsonObject();
        set(holder, place.get(i), next);
      } else if (!(next instanceof JsonObject) && !(next instanceof JsonArray)) {
        return;
      }
      holder = next;
    }
    Object last = place.get(place.size() - 1);
    Object before = get(holder, last);
    if (before instanceof JsonObject known && problem instanceof JsonObject more) {
      known.mergeIn(more);
    } else if (before instanceof JsonArray known && problem instanceof JsonArray more) {
      more.forEach(known::add);
    } else if (before == null) {
      set(holder, last, problem);
    }
  }

  static Object get(Object holder, Object step) {
    if (step instanceof Integer position) {
      return holder instanceof JsonArray array && position < array.size() ? array.getValue(position) : null;
    }
    return holder instanceof JsonObject object ? object.getValue((String) step) : null;
  }

  private static void set(Object holder, Object step, Object value) {
    if (step instanceof Integer position && holder instanceof JsonArray array) {
      while (array.size() <= position) {
        array.addNull();
      }
      array.set(position, value);
    } else if (step instanceof String name && holder instanceof JsonObject object) {
      object.put(name, value);
    }
  }
}
