package dev.sluice.plugins.openidconnect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What a provider says of somebody. It is not changed, and shows in no text. */
final class Claims {

  /** Nothing. */
  static final Claims NONE = new Claims(new JsonObject());

  private final JsonObject json;

  Claims(JsonObject json) {
    this.json = json;
  }

  boolean isEmpty() {
    return json.isEmpty();
  }

  JsonObject json() {
    return json;
  }

  /** What stands at the end of a path of names. */
  Optional<Object> at(List<String> path) {
    Object here = json;
    for (String name : path) {
      if (!(here instanceof JsonObject object)) {
        return Optional.empty();
      }
      here = object.getValue(name);
    }
    return Optional.ofNullable(here);
  }

  Optional<String> text(String name) {
    return json.getValue(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A number, cut to a whole one. */
  OptionalLong number(String name) {
    return json.getValue(name) instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
  }

  boolean has(String name) {
    return json.getValue(name) != null;
  }

  /** A list, or what stands alone in place of one. */
  Set<String> audience() {
    return new HashSet<>(list(json.getValue("aud")).map(String::valueOf).toList());
  }

  /** The words of a list, or of a text with blanks between them. */
  static Set<String> words(Object value) {
    Set<String> words = new HashSet<>();
    list(value).forEach(one -> {
      words.add(String.valueOf(one));
      if (value instanceof String text) {
        words.addAll(List.of(text.strip().split("\\s+")));
      }
    });
    return words;
  }

  private static Stream<Object> list(Object value) {
    if (value instanceof JsonArray array) {
      return array.stream();
    }
    return value instanceof Collection<?> some ? some.stream().map(one -> (Object) one) : Stream.ofNullable(value);
  }
}
