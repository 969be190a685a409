package dev.sluice.plugins.authentication;

import java.util.List;
import java.util.Optional;

/**
 * What stands under a name in one place of a request.
 *
 * @param kind nothing, one value, or more, which leaves open which of them counts
 * @param value the one, perhaps empty; only for {@link Kind#ONE}
 */
public record Found(Kind kind, String value) {

  /** Nothing. */
  public static final Found NONE = new Found(Kind.NONE, "");

  /** More than one. */
  public static final Found SEVERAL = new Found(Kind.SEVERAL, "");

  /** How many values there are. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** One value. */
    ONE,
    /** More than one. */
    SEVERAL
  }

  /** One value. */
  public static Found one(String value) {
    return new Found(Kind.ONE, value);
  }

  /** As many as there are in a list. */
  public static Found of(List<String> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    return values.size() == 1 ? one(values.get(0)) : SEVERAL;
  }

  /** Whether there is nothing. */
  public boolean isNone() {
    return kind == Kind.NONE;
  }

  /** The value, when there is exactly one and it is not empty. */
  public Optional<String> text() {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** Without the value, which may be a key. */
  @Override
  public String toString() {
    return kind.toString();
  }
}
