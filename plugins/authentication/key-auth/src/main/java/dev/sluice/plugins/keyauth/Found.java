package dev.sluice.plugins.keyauth;

import java.util.List;

/**
 * What stands under a name in one place of a request.
 *
 * @param kind nothing, one value, or more, which leaves open which of them counts
 * @param value the one, perhaps empty; only for {@link Kind#ONE}
 */
record Found(Kind kind, String value) {

  static final Found NONE = new Found(Kind.NONE, "");
  static final Found SEVERAL = new Found(Kind.SEVERAL, "");

  /** How many values there are. */
  enum Kind {
    NONE,
    ONE,
    SEVERAL
  }

  static Found one(String value) {
    return new Found(Kind.ONE, value);
  }

  static Found of(List<String> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    return values.size() == 1 ? one(values.get(0)) : SEVERAL;
  }

  boolean isNone() {
    return kind == Kind.NONE;
  }

  /** Without the value, which may be a key. */
  @Override
  public String toString() {
    return kind.toString();
  }
}
