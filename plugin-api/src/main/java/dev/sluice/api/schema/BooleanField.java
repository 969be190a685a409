package dev.sluice.api.schema;

import java.util.Optional;

/** True or false. */
public final class BooleanField extends BaseField<BooleanField> {

  BooleanField(Traits traits) {
    super("boolean", traits);
  }

  @Override
  BooleanField with(Traits other) {
    return new BooleanField(other);
  }

  @Override
  Optional<Object> typeViolation(Object value, Pass pass) {
    return value instanceof Boolean ? Optional.empty() : Optional.of("expected a boolean");
  }

  @Override
  Object coerceTyped(Object value) {
    if ("true".equals(value)) {
      return true;
    }
    if ("false".equals(value)) {
      return false;
    }
    return value;
  }

  /** The value when none is given. */
  public BooleanField defaultTo(boolean value) {
    return mark(Traits.DEFAULT, value);
  }

  /** The value must be this one. */
  public BooleanField eq(boolean value) {
    return rule(Rules.eq(value));
  }

  /** The value must not be this one. */
  public BooleanField ne(boolean value) {
    return rule(Rules.ne(value));
  }
}
