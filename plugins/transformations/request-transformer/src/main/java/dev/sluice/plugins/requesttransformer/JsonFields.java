package dev.sluice.plugins.requesttransformer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The fields of a JSON object, at its top. */
record JsonFields(JsonObject object) implements Target {

  @Override
  public boolean has(String name) {
    return object.containsKey(name);
  }

  @Override
  public void remove(String name) {
    object.remove(name);
  }

  @Override
  public void rename(String from, String to) {
    object.put(to, object.remove(from));
  }

  @Override
  public void set(String name, String value) {
    object.put(name, value);
  }

  /** A text becomes a list of two, a list grows; anything else gives way to a list of one. */
  @Override
  public void append(String name, String value) {
    Object known = object.getValue(name);
    if (known instanceof JsonArray list) {
      list.add(value);
    } else {
      JsonArray list = new JsonArray();
      if (known instanceof String) {
        list.add(known);
      }
      object.put(name, list.add(value));
    }
  }
}
