package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Any value, or any object. */
public final class AnyField extends BaseField<AnyField> {

  AnyField(String type, Traits traits) {
    super(type, traits);
  }

  @Override
  AnyField with(Traits other) {
    return new AnyField(type(), other);
  }

  @Override
  Optional<Object> typeViolation(Object value, Pass pass) {
    return "record".equals(type()) && !(value instanceof JsonObject)
        ? Optional.of("expected a record")
        : Optional.empty();
  }

  @Override
  Object merge(Object stored, Object patch) {
    return "record".equals(type()) && stored instanceof JsonObject bottom && patch instanceof JsonObject top
        ? bottom.copy().mergeIn(top)
        : patch;
  }

  /** The value when none is given. */
  public AnyField defaultTo(Object value) {
    return mark(Traits.DEFAULT, Values.copy(value));
  }
}
