package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** A reference to an entity: an object with its id. */
public final class ForeignField extends BaseField<ForeignField> {

  private static final String CASCADE = "cascade";
  private static final String ON_DELETE = "on_delete";

  private final String reference;
  private final boolean along;

  ForeignField(String reference, Traits traits) {
    this(reference, false, traits);
  }

  private ForeignField(String reference, boolean along, Traits traits) {
    super("foreign", traits);
    this.reference = reference;
    this.along = along;
  }

  /** The name of the type that is referred to, such as {@code services}. */
  public String reference() {
    return reference;
  }

  /** Whether an entity goes with the one that it refers to; otherwise that one cannot be deleted. */
  public boolean cascades() {
    return along || CASCADE.equals(traits().get(ON_DELETE));
  }

  /** An entity goes with the one that it refers to. */
  public ForeignField onDeleteCascade() {
    return mark(ON_DELETE, CASCADE);
  }

  /** An entity goes with the one that it refers to, though rendered schemas do not say so. */
  public ForeignField goesAlong() {
    return new ForeignField(reference, true, traits());
  }

  @Override
  ForeignField with(Traits other) {
    return new ForeignField(reference, along, other);
  }

  @Override
  Optional<Object> typeViolation(Object value, Pass pass) {
    Object id = value instanceof JsonObject object ? object.getValue("id") : null;
    return id(id).map(problem -> new JsonObject().put("id", problem));
  }

  private static Optional<String> id(Object id) {
    if (id == null) {
      return Optional.of("missing primary key");
    }
    if (!(id instanceof String text)) {
      return Optional.of("expected a string");
    }
    if (text.isEmpty()) {
      return Optional.of("length must be at least 1");
    }
    return Rules.isUuid(text) ? Optional.empty() : Optional.of("expected a valid UUID");
  }

  @Override
  Object complete(Object value, Pass pass) {
    return value instanceof JsonObject object && object.getValue("id") instanceof String id && Rules.isUuid(id)
        ? object.copy().put("id", id.toLowerCase(Locale.ROOT))
        : value;
  }

  @Override
  Object coerceTyped(Object value) {
    if (!(value instanceof JsonObject object)) {
      return value;
    }
    JsonObject coerced = new JsonObject();
    object.fieldNames().forEach(key ->
        coerced.put(key, "".equals(object.getValue(key)) ? null : object.getValue(key)));
    return coerced;
  }

  /** The reference alone, without what a client put beside the id. */
  Object reduce(Object value) {
    return value instanceof JsonObject object ? new JsonObject().put("id", object.getValue("id")) : value;
  }

  @Override
  void renderType(JsonObject out) {
    super.renderType(out);
    out.put("reference", reference);
  }
}
