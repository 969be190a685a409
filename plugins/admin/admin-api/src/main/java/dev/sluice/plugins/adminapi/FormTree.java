package dev.sluice.plugins.adminapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the arguments of a form together to a tree, by names such as {@code a.b}, {@code a[]} and {@code a[1]}. */
final class FormTree {

  private final Node root = new Node();

  private static final class Node {
    private final Map<Object, Node> children = new LinkedHashMap<>();
    private final List<Object> values = new ArrayList<>();
    private boolean list;

    Node child(Object key) {
      return children.computeIfAbsent(key, name -> new Node());
    }

    Object toValue() {
      if (children.isEmpty()) {
        return values.size() == 1 && !list ? values.get(0) : new JsonArray(values);
      }
      return isSequence() ? toArray() : toObject();
    }

    /** Whether the keys are the positions 1 to n. */
    private boolean isSequence() {
      for (int i = 1; i <= children.size(); i++) {
        if (!children.containsKey(i)) {
          return false;
        }
      }
      return true;
    }

    private JsonArray toArray() {
      JsonArray array = new JsonArray();
      for (int i = 1; i <= children.size(); i++) {
        array.add(children.get(i).toValue());
      }
      values.forEach(array::add);
      return array;
    }

    JsonObject toObject() {
      JsonObject object = new JsonObject();
      for (int i = 0; i < values.size(); i++) {
        object.put(String.valueOf(i + 1), values.get(i));
      }
      children.forEach((key, child) -> object.put(String.valueOf(key), child.toValue()));
      return object;
    }
  }

  /** Adds an argument; one of the same name makes a list of both. */
  void put(String name, Object value) {
    List<Object> steps = FormName.steps(name);
    Node node = root;
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).equals(FormName.APPEND)) {
        node = node.child(steps.get(i));
      } else if (i < steps.size() - 1) {
        node = node.child(1);
      } else {
        node.list = true;
      }
    }
    node.values.add(value);
  }

  JsonObject toJson() {
    return root.toObject();
  }
}
