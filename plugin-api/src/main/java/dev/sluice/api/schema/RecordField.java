package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** Named fields of their own. Patches merge records field by field. */
public final class RecordField extends BaseField<RecordField> {

  private final FieldSet set;

  RecordField(FieldSet set, Traits traits) {
    super("record", traits);
    this.set = set;
  }

  /** The fields, in order. */
  public Map<String, Field> fields() {
    return set.named();
  }

  /** Adds a field. */
  public RecordField field(String name, Field field) {
    return new RecordField(set.with(name, field), traits());
  }

  /** Adds a name that is only written. */
  public RecordField shorthand(Shorthand shorthand) {
    return new RecordField(set.with(shorthand), traits());
  }

  /** Adds a check over several fields of the record. */
  public RecordField entityCheck(Check check) {
    return new RecordField(set.with(check), traits());
  }

  /** A check in code of the whole record, after all its fields were found right. */
  public RecordField check(Validator<JsonObject> validator) {
    return custom(value -> validator.violation(value instanceof JsonObject record ? record : new JsonObject()));
  }

  /** The value when none is given. */
  public RecordField defaultTo(JsonObject value) {
    return mark(Traits.DEFAULT, value.copy());
  }

  @Override
  RecordField with(Traits other) {
    return new RecordField(set, other);
  }

  /** The fields with their checks. */
  FieldSet set() {
    return set;
  }

  @Override
  Optional<Object> typeViolation(Object value, Pass pass) {
    if (value instanceof JsonArray array && !array.isEmpty()) {
      JsonArray problems = new JsonArray();
      array.forEach(element -> problems.add("unknown field"));
      return Optional.of(problems);
    }
    if (!(value instanceof JsonObject) && !(value instanceof JsonArray)) {
      return Optional.of("expected a record");
    }
    Errors errors = set.validate(value instanceof JsonObject record ? record : new JsonObject(), pass);
    return errors.isEmpty() ? Optional.empty() : Optional.of(errors.tree());
  }

  @Override
  Object complete(Object value, Pass pass) {
    if (Values.isEmptyArray(value)) {
      return set.complete(new JsonObject(), pass);
    }
    return value instanceof JsonObject record ? set.complete(record, pass) : value;
  }

  @Override
  Object coerceTyped(Object value) {
    return value instanceof JsonObject record ? set.coerce(record) : value;
  }

  @Override
  Object merge(Object stored, Object patch) {
    if (!(patch instanceof JsonObject top)) {
      return patch;
    }
    return set.merge(stored instanceof JsonObject bottom ? bottom : new JsonObject(), top);
  }

  @Override
  Object alias(Object value, boolean shown) {
    return value instanceof JsonObject record ? set.alias(record, shown) : value;
  }

  @Override
  boolean mayRefer() {
    return super.mayRefer() || set.mayRefer();
  }

  @Override
  Object reveal(Object value, String path, Secrets secrets) {
    return value instanceof JsonObject record
        ? set.reveal(record, path + ".", secrets)
        : super.reveal(value, path, secrets);
  }

  @Override
  void renderType(JsonObject out) {
    super.renderType(out);
    set.renderInto(out);
  }
}
