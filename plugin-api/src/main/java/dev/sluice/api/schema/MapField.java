package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Keys of the client's choice, each with a value. */
public final class MapField extends BaseField<MapField> {

  private final BaseField<?> keys;
  private final BaseField<?> values;

  MapField(BaseField<?> keys, BaseField<?> values, Traits traits) {
    super("map", traits);
    this.keys = keys;
    this.values = values;
  }

  @Override
  MapField with(Traits other) {
    return new MapField(keys, values, other);
  }

  @Override
  Optional<Object> typeViolation(Object value, Pass pass) {
    if (value instanceof JsonArray array) {
      // A list is a map with numbers for keys.
      return array.isEmpty() ? Optional.empty() : keys.violation(1, true, pass);
    }
    if (!(value instanceof JsonObject map)) {
      return Optional.of("expected a map");
    }
    for (String key : map.fieldNames()) {
      Optional<Object> problem = keys.violation(key, true, pass)
          .or(() -> values.violation(map.getValue(key), true, pass));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  @Override
  Object complete(Object value, Pass pass) {
    if (Values.isEmptyArray(value)) {
      return new JsonObject();
    }
    if (!(value instanceof JsonObject map)) {
      return value;
    }
    JsonObject completed = new JsonObject();
    for (String key : map.fieldNames()) {
      Object item = map.getValue(key);
      completed.put(key, item == null ? null : values.complete(item, pass));
    }
    return completed;
  }

  @Override
  Object coerceTyped(Object value) {
    if (!(value instanceof JsonObject map)) {
      return value;
    }
    JsonObject coerced = new JsonObject();
    map.fieldNames().forEach(key -> coerced.put(key, values.coerce(map.getValue(key))));
    return coerced;
  }

  @Override
  boolean mayRefer() {
    return super.mayRefer() || values.mayRefer();
  }

  @Override
  Object reveal(Object value, String path, Secrets secrets) {
    if (!(value instanceof JsonObject map) || !values.mayRefer()) {
      return super.reveal(value, path, secrets);
    }
    JsonObject revealed = new JsonObject();
    map.fieldNames().forEach(key ->
        revealed.put(key, values.reveal(map.getValue(key), path + "." + key, secrets)));
    return revealed;
  }

  @Override
  void renderType(JsonObject out) {
    super.renderType(out);
    out.put("keys", keys.render()).put("values", values.render());
  }

  /** The value when none is given. */
  public MapField defaultTo(JsonObject value) {
    return mark(Traits.DEFAULT, value.copy());
  }

  /** The least number of entries. */
  public MapField lenMin(int length) {
    return rule(Rules.lenMin(length));
  }

  /** A check in code, after all others. */
  public MapField check(Validator<JsonObject> validator) {
    return custom(value -> validator.violation(value instanceof JsonObject map ? map : new JsonObject()));
  }
}
