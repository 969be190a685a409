package dev.sluice.api.schema;

import java.util.Arrays;
import java.util.Optional;

/** A number, or a whole number. */
public final class NumberField extends BaseField<NumberField> {

  private final boolean whole;

  NumberField(boolean whole, Traits traits) {
    super(whole ? "integer" : "number", traits);
    this.whole = whole;
  }

  @Override
  NumberField with(Traits other) {
    return new NumberField(whole, other);
  }

  @Override
  Optional<Object> typeViolation(Object value, Pass pass) {
    if (whole) {
      return value instanceof Number number && Values.isWhole(number)
          ? Optional.empty()
          : Optional.of("expected an integer");
    }
    return value instanceof Number ? Optional.empty() : Optional.of("expected a number");
  }

  @Override
  Object complete(Object value, Pass pass) {
    return value instanceof Number number ? Values.canonical(number) : value;
  }

  @Override
  Object coerceTyped(Object value) {
    return value instanceof String text ? LuaNumber.parse(text).<Object>map(number -> number).orElse(text) : value;
  }

  /** The value when none is given. */
  public NumberField defaultTo(long value) {
    return mark(Traits.DEFAULT, Values.canonical(value));
  }

  /** The value when none is given. */
  public NumberField defaultTo(double value) {
    return mark(Traits.DEFAULT, Values.canonical(value));
  }

  /** The value must be this one. */
  public NumberField eq(long value) {
    return rule(Rules.eq(value));
  }

  /** The value must be greater. */
  public NumberField gt(long limit) {
    return rule(Rules.gt(Values.canonical(limit)));
  }

  /** The least and the greatest value. */
  public NumberField between(long low, long high) {
    return rule(Rules.between(Values.canonical(low), Values.canonical(high)));
  }

  /** The least and the greatest value. */
  public NumberField between(double low, double high) {
    return rule(Rules.between(Values.canonical(low), Values.canonical(high)));
  }

  /** The only values allowed. */
  public NumberField oneOf(long... values) {
    return rule(Rules.oneOf(Arrays.stream(values).mapToObj(Values::canonical).toList()));
  }

  /** The value is a time in seconds since the epoch. */
  public NumberField timestamp() {
    return rule(Rules.timestamp());
  }

  /** A check in code, after all others. */
  public NumberField check(Validator<Number> validator) {
    return custom(value -> validator.violation((Number) value));
  }
}
