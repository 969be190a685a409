package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The fields and checks of an entity. Immutable, and safe from any thread; documents given to it are never changed.
 *
 * <p>A new or replacing document goes through {@link #complete}, {@link #validate} and {@link #transform}. A patch goes
 * through {@link #complete} for {@link Operation#UPDATE}, is laid over the stored document by {@link #merge}, and the
 * result goes through {@link #validate} and {@link #transform}. References given by name are resolved between
 * completion and validation. A form goes through {@link #coerce} before all else.
 *
 * <p>In documents a null is an explicit null; what was not given has no key.
 */
public final class Schema {

  /** Takes any object as it is. */
  public static final Schema EMPTY = new Schema(new Builder().open());

  private static final String REQUIRED = "required field missing";

  private final boolean open;
  private final FieldSet set;
  private final UnaryOperator<JsonObject> prepare;
  private final BinaryOperator<JsonObject> finish;
  private final Optional<Variants> variants;
  private final Map<String, Schema> flavors;

  private record Variants(
      String key, BiFunction<JsonObject, SchemaRun, Optional<Variant>> choice, Function<String, String> unknown) {}

  private Schema(Builder builder) {
    this.open = builder.open;
    this.set = builder.set;
    this.prepare = builder.prepare;
    this.finish = builder.finish;
    this.variants = builder.variants;
    this.flavors = Map.copyOf(builder.flavors);
  }

  /** Begins a schema. */
  public static Builder builder() {
    return new Builder();
  }

  /** The fields in order, those of variants not included. */
  public Map<String, Field> fields() {
    return set.named();
  }

  /**
   * Expands shorthands, and fills defaults and automatic fields; for {@link Operation#UPDATE} only what was given is
   * looked at.
   *
   * @throws SchemaException when a shorthand cannot be expanded
   */
  public JsonObject complete(JsonObject body, Operation operation, SchemaRun run) {
    Schema schema = in(run);
    if (schema.open) {
      return body.copy();
    }
    return schema.effective(body, run).complete(schema.prepare.apply(body.copy()), Pass.of(operation, run));
  }

  /**
   * Lays a completed patch over a stored document: records merge field by field, all else is replaced, an explicit
   * null clears.
   */
  public JsonObject merge(JsonObject stored, JsonObject patch, SchemaRun run) {
    Schema schema = in(run);
    if (schema.open) {
      return stored.copy().mergeIn(patch);
    }
    FieldSet before = schema.effective(stored, run);
    JsonObject merged = before.merge(before.alias(stored, false), schema.withVariant(stored, patch, run));
    return schema.effective(merged, run).complete(merged, Pass.of(Operation.UPDATE, run).fill());
  }

  /** The patch, completed in the fields that depend on a field it does not name. */
  private JsonObject withVariant(JsonObject stored, JsonObject patch, SchemaRun run) {
    if (variants.isEmpty() || patch.containsKey(variants.get().key())) {
      return patch;
    }
    String key = variants.get().key();
    JsonObject named = patch.copy().put(key, stored.getValue(key));
    return effective(named, run).complete(named, Pass.of(Operation.UPDATE, run));
  }

  /**
   * Checks a complete document.
   *
   * @param given what the client sent
   * @throws SchemaException with all that is wrong
   */
  public void validate(JsonObject document, JsonObject given, Operation operation, SchemaRun run) {
    Schema schema = in(run);
    if (schema.open) {
      return;
    }
    schema.requireVariant(document, run);
    Errors errors = schema.effective(document, run).validate(document, Pass.of(operation, run));
    if (!errors.isEmpty()) {
      throw errors.toException();
    }
  }

  /** What is wrong with the value of one field, taken alone: the message. Empty also when there is no such field. */
  public Optional<String> violation(String field, Object value, SchemaRun run) {
    return in(run).set.find(field)
        .flatMap(found -> found.violation(value, Pass.of(Operation.INSERT, run)))
        .map(String::valueOf);
  }

  private void requireVariant(JsonObject document, SchemaRun run) {
    if (variants.isEmpty()) {
      return;
    }
    String key = variants.get().key();
    Object value = document.getValue(key);
    if (value == null) {
      throw SchemaException.of(key, REQUIRED);
    }
    Object first = value instanceof JsonArray array && !array.isEmpty() ? array.getValue(0) : value;
    boolean nameless = Values.isEmptyArray(value) || Values.isEmptyObject(value);
    if (!(first instanceof String) && !nameless) {
      return;
    }
    if (variants.get().choice().apply(document, run).isEmpty()) {
      String name = nameless ? "nil" : (String) first;
      throw SchemaException.of(key, variants.get().unknown().apply(name));
    }
  }

  /**
   * Brings a valid document to the form that is stored and shown: what the type computes of its fields, references
   * reduced to their ids, deprecated names beside the fields that replace them.
   *
   * @param given what the client sent
   */
  public JsonObject transform(JsonObject document, JsonObject given, Operation operation, SchemaRun run) {
    Schema schema = in(run);
    if (schema.open) {
      return document.copy();
    }
    FieldSet effective = schema.effective(document, run);
    return effective.alias(effective.reduceReferences(schema.finish.apply(document.copy(), given)), true);
  }

  /** As {@link #transform} does, but for what the type computes: the document was transformed before. */
  public JsonObject settle(JsonObject document, SchemaRun run) {
    Schema schema = in(run);
    if (schema.open) {
      return document.copy();
    }
    FieldSet effective = schema.effective(document, run);
    return effective.alias(effective.reduceReferences(document), true);
  }

  /** Turns the texts of a form into the types of the fields; what does not fit stays, and fails validation. */
  public JsonObject coerce(JsonObject form, SchemaRun run) {
    Schema schema = in(run);
    return schema.open ? form.copy() : schema.effective(form, run).coerce(form);
  }

  /** Whether documents may hold references to secrets; for a schema with variants it is not known beforehand. */
  public boolean mayRefer() {
    return variants.isPresent() || set.mayRefer();
  }

  /**
   * A stored document with secrets in the place of the references that its fields may hold. The result is for the
   * request path alone.
   */
  public JsonObject reveal(JsonObject document, SchemaRun run, Secrets secrets) {
    Schema schema = in(run);
    return schema.effective(document, run).reveal(document, "", secrets);
  }

  /** The schema in the form of {@code GET /schemas/{entity}}. */
  public JsonObject render() {
    return new JsonObject()
        .put("fields", set.renderFields())
        .put("entity_checks", FieldSet.renderChecks(set.checks()));
  }

  /** The schema as it is on a node. */
  public JsonObject render(SchemaRun run) {
    return in(run).render();
  }

  private Schema in(SchemaRun run) {
    return flavors.getOrDefault(run.flavor(), this);
  }

  private FieldSet effective(JsonObject document, SchemaRun run) {
    return variants.flatMap(chosen -> chosen.choice().apply(document, run)).map(set::with).orElse(set);
  }

  /** Collects a schema. */
  public static final class Builder {
    private boolean open;
    private FieldSet set = FieldSet.EMPTY;
    private UnaryOperator<JsonObject> prepare = UnaryOperator.identity();
    private BinaryOperator<JsonObject> finish = (document, given) -> document;
    private Optional<Variants> variants = Optional.empty();
    private Map<String, Schema> flavors = Map.of();

    private Builder() {}

    private Builder open() {
      this.open = true;
      return this;
    }

    /** Adds a field. */
    public Builder field(String name, Field field) {
      set = set.with(name, field);
      return this;
    }

    /** Adds a name that is only written. */
    public Builder shorthand(Shorthand shorthand) {
      set = set.with(shorthand);
      return this;
    }

    /** Adds a check over several fields. */
    public Builder check(Check check) {
      set = set.with(check);
      return this;
    }

    /** Changes what a client gave, before all else; may throw {@link SchemaException}. */
    public Builder prepare(UnaryOperator<JsonObject> step) {
      prepare = step;
      return this;
    }

    /** Changes a valid document before it is stored. */
    public Builder finish(UnaryOperator<JsonObject> step) {
      finish = (document, given) -> step.apply(document);
      return this;
    }

    /**
     * Changes a valid document before it is stored, by what the client gave: a secret is hashed when it is new, and left
     * alone when it is the stored one.
     *
     * @param step gets the whole document, and what was given, which may be a part of it and must not be changed
     */
    public Builder finish(BinaryOperator<JsonObject> step) {
      finish = step;
      return this;
    }

    /**
     * The schema depends on the value of a field.
     *
     * @param key the field; without it nothing else is checked
     * @param choice the variant of a document; empty when there is none
     * @param unknown the message when there is none, by the value of the field
     */
    public Builder variants(
        String key, BiFunction<JsonObject, SchemaRun, Optional<Variant>> choice, Function<String, String> unknown) {
      variants = Optional.of(new Variants(key, choice, unknown));
      return this;
    }

    /** Other schemas for nodes of other router flavors, by flavor. */
    public Builder flavors(Map<String, Schema> others) {
      flavors = others;
      return this;
    }

    /** The finished schema. */
    public Schema build() {
      return new Schema(this);
    }
  }
}
