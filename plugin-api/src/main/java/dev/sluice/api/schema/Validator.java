package dev.sluice.api.schema;

import java.util.Optional;

/**
 * A check that a field brings beside the built-in ones. Pure: it may be called from any thread, at any time.
 *
 * @param <T> the type of the value: String, Number, Boolean, JsonArray or JsonObject
 */
@FunctionalInterface
public interface Validator<T> {

  /** What is wrong with the value, in one sentence; empty when nothing is. */
  Optional<String> violation(T value);
}
