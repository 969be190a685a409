package dev.sluice.api.schema;

/** Makes fields. {@link Types} has those that recur, with their own rules. */
public final class Fields {

  private Fields() {}

  /** A text that is not empty. */
  public static StringField string() {
    return new StringField(Traits.NONE);
  }

  /** A whole number. */
  public static NumberField integer() {
    return new NumberField(true, Traits.NONE);
  }

  /** A number. */
  public static NumberField number() {
    return new NumberField(false, Traits.NONE);
  }

  /** True or false. */
  public static BooleanField bool() {
    return new BooleanField(Traits.NONE);
  }

  /** A list that keeps its order and its duplicates. */
  public static ListField array(Field elements) {
    return new ListField(false, (BaseField<?>) elements, Traits.NONE);
  }

  /** A list that silently drops what it holds already. */
  public static ListField set(Field elements) {
    return new ListField(true, (BaseField<?>) elements, Traits.NONE);
  }

  /** Keys of the client's choice, each with a value. */
  public static MapField map(Field keys, Field values) {
    return new MapField((BaseField<?>) keys, (BaseField<?>) values, Traits.NONE);
  }

  /** Named fields of their own, to be added one by one. */
  public static RecordField record() {
    return new RecordField(FieldSet.EMPTY, Traits.NONE);
  }

  /** A reference to an entity of another type, such as {@code services}. */
  public static ForeignField foreign(String type) {
    return new ForeignField(type, Traits.NONE);
  }

  /** Any value. */
  public static AnyField json() {
    return new AnyField("json", Traits.NONE);
  }

  /** Any object, its fields left to something else. */
  public static AnyField openRecord() {
    return new AnyField("record", Traits.NONE);
  }

  /** The configuration of a plugin, which depends on its name. */
  public static AnyField abstractRecord() {
    return openRecord().mark("abstract", true);
  }
}
