package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A name that clients may write, and that stands for other fields. Immutable. */
public final class Shorthand {

  private final String name;
  private final BaseField<?> field;
  private final Function<Optional<Object>, JsonObject> expansion;
  private final Optional<String> mirrored;

  private Shorthand(
      String name, BaseField<?> field, Function<Optional<Object>, JsonObject> expansion, Optional<String> mirrored) {
    this.name = name;
    this.field = field;
    this.expansion = expansion;
    this.mirrored = mirrored;
  }

  /**
   * A name that is expanded when it is written, and never shown.
   *
   * @param field what may be written
   * @param expansion the fields that the value stands for; empty when the value is null
   */
  public static Shorthand expanding(
      String name, Field field, Function<Optional<Object>, JsonObject> expansion) {
    return new Shorthand(name, (BaseField<?>) field, expansion, Optional.empty());
  }

  /**
   * The former name of a field: it is shown beside that field, with the same value. To write both with different
   * values is an error.
   *
   * @param message says what to use instead
   * @param removal the version without this name
   * @param path where the field is now
   */
  public static Shorthand alias(String name, Field field, String message, String removal, String... path) {
    JsonArray replacement = new JsonArray().add(new JsonObject().put("path", new JsonArray(List.of(path))));
    BaseField<?> marked = (BaseField<?>) ((BaseField<?>) field).mark("deprecation", new JsonObject()
        .put("message", message)
        .put("removal_in_version", removal)
        .put("replaced_with", replacement));
    return new Shorthand(
        name, marked, value -> nest(path, value.orElse(null)), Optional.of(String.join(".", path)));
  }

  private static JsonObject nest(String[] path, Object value) {
    Object nested = value;
    for (int i = path.length - 1; i >= 0; i--) {
      nested = new JsonObject().put(path[i], nested);
    }
    return (JsonObject) nested;
  }

  /** The name. */
  public String name() {
    return name;
  }

  Field field() {
    return field;
  }

  boolean isMirrored() {
    return mirrored.isPresent();
  }

  /** Replaces the name, if it is there, by what it stands for; returns what is wrong with it. */
  Optional<Object> expand(JsonObject data, Pass pass) {
    if (!data.containsKey(name)) {
      return Optional.empty();
    }
    Object value = data.getValue(name);
    Optional<Object> problem = field.violation(value, pass).or(() -> mismatch(data, value));
    if (problem.isEmpty()) {
      data.remove(name);
      lay(expansion.apply(Optional.ofNullable(value)), data);
    }
    return problem;
  }

  private Optional<Object> mismatch(JsonObject data, Object value) {
    Object current = mirrored.map(path -> Values.at(data, path)).orElse(null);
    if (value == null || current == null || Values.same(value, current)) {
      return Optional.empty();
    }
    return Optional.of("both deprecated and new field are used but their values mismatch: "
        + name + " = " + LuaText.show(value) + " vs " + mirrored.orElseThrow() + " = " + LuaText.show(current));
  }

  private static void lay(JsonObject top, JsonObject bottom) {
    for (String key : top.fieldNames()) {
      Object value = top.getValue(key);
      if (value instanceof JsonObject inner && bottom.getValue(key) instanceof JsonObject below) {
        lay(inner, below);
      } else {
        bottom.put(key, value);
      }
    }
  }

  void coerce(JsonObject data) {
    if (data.containsKey(name)) {
      data.put(name, field.coerce(data.getValue(name)));
    }
  }

  /** Shows the name with the value of the field that replaces it, or takes it away. */
  void mirror(JsonObject data, boolean shown) {
    if (mirrored.isPresent()) {
      if (shown) {
        data.put(name, Values.copy(Values.at(data, mirrored.get())));
      } else {
        data.remove(name);
      }
    }
  }

  JsonObject render() {
    return new JsonObject().put(name, field.render());
  }
}
