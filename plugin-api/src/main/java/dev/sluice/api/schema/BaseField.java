package dev.sluice.api.schema;

import dev.sluice.api.schema.Rule.Kind;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Optional;

/** What all fields have in common. */
abstract sealed class BaseField<F extends BaseField<F>> implements Field
    permits StringField, NumberField, BooleanField, ListField, MapField, RecordField, ForeignField, AnyField {

  private static final String MISSING = "required field missing";
  private static final String REFERENCEABLE = "referenceable";

  private final String type;
  private final Traits traits;

  BaseField(String type, Traits traits) {
    this.type = type;
    this.traits = traits;
  }

  /** The field with other traits. */
  abstract F with(Traits other);

  /** What is wrong with the type of a value, or inside of it. */
  abstract Optional<Object> typeViolation(Object value, Pass pass);

  /** Fills what is missing inside a value, and brings it to its canonical form; leaves a wrong type alone. */
  Object complete(Object value, Pass pass) {
    return value;
  }

  /** Turns the texts of a form into typed values; leaves alone what does not fit. */
  Object coerceTyped(Object value) {
    return value;
  }

  /** Lays a value of a patch over the stored one. */
  Object merge(Object stored, Object patch) {
    return patch;
  }

  /** Shows deprecated names beside the fields that replace them, or takes them away again. */
  Object alias(Object value, boolean shown) {
    return value;
  }

  /** The field under the narrower terms of a match. */
  BaseField<?> overlay(Match match) {
    return with(traits.overlay(match.traits()));
  }

  final Object coerce(Object value) {
    return "".equals(value) || value == null ? null : coerceTyped(value);
  }

  final Optional<Object> violation(Object value, Pass pass) {
    return violation(value, isRequired(), pass);
  }

  final Optional<Object> violation(Object value, boolean required, Pass pass) {
    Optional<Rule> eq = traits.rule(Kind.EQ);
    if (value == null) {
      return nullViolation(eq, required);
    }
    if (eq.isPresent() && eq.get().shown() == null) {
      return Optional.of(err().orElse("value must be null"));
    }
    if (isReference(value)) {
      return Optional.empty();
    }
    Optional<Object> wrongType = typeViolation(value, pass);
    if (wrongType.isPresent()) {
      return wrongType;
    }
    for (Rule rule : rules()) {
      Optional<String> broken = rule.violation(value);
      if (broken.isPresent()) {
        return Optional.of(err().orElse(broken.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<Object> nullViolation(Optional<Rule> eq, boolean required) {
    Optional<Rule> ne = traits.rule(Kind.NE).filter(rule -> rule.shown() == null);
    if (ne.isPresent()) {
      return Optional.of(err().orElse("value must not be null"));
    }
    if (eq.isPresent() && eq.get().shown() != null) {
      return Optional.of("value must be " + LuaText.show(eq.get().shown()));
    }
    return required ? Optional.of(MISSING) : Optional.empty();
  }

  /** What stands for a secret is not judged: the secret is not at hand. */
  private boolean isReference(Object value) {
    return isReferenceable() && VaultReference.is(value);
  }

  final boolean isReferenceable() {
    return traits.is(REFERENCEABLE);
  }

  /** Whether some value of the field, or inside of it, may be a reference to a secret. */
  boolean mayRefer() {
    return isReferenceable();
  }

  /** Puts secrets in the place of references; the value itself is left alone. */
  Object reveal(Object value, String path, Secrets secrets) {
    return isReference(value) ? secrets.secret(path, (String) value) : value;
  }

  private Optional<String> err() {
    return Optional.ofNullable((String) traits.get(Traits.ERR));
  }

  Collection<Rule> rules() {
    return traits.rules();
  }

  final Traits traits() {
    return traits;
  }

  /** Adds a mark, which rendered schemas show as it is. */
  final F mark(String name, Object value) {
    return with(traits.mark(name, value));
  }

  final F rule(Rule rule) {
    return with(traits.rule(rule));
  }

  final F custom(Validator<Object> test) {
    return rule(Rules.custom(traits.rule(Kind.CUSTOM), test));
  }

  void renderType(JsonObject out) {
    out.put("type", type);
  }

  @Override
  public final String type() {
    return type;
  }

  @Override
  public final boolean isRequired() {
    return traits.is(Traits.REQUIRED);
  }

  @Override
  public final boolean isUnique() {
    return traits.is(Traits.UNIQUE);
  }

  @Override
  public final boolean isUniqueAcrossWorkspaces() {
    return traits.is(Traits.UNIQUE_ACROSS_WS);
  }

  @Override
  public final boolean isAuto() {
    return traits.is(Traits.AUTO);
  }

  @Override
  public final JsonObject render() {
    JsonObject out = new JsonObject();
    renderType(out);
    traits.renderInto(out);
    return out;
  }

  /** The field must have a value. */
  public final F required() {
    return mark(Traits.REQUIRED, true);
  }

  /** The field may be null, and rendered schemas say so. */
  public final F optional() {
    return mark(Traits.REQUIRED, false);
  }

  /** The default is null, and rendered schemas say so. */
  public final F defaultToNull() {
    return mark(Traits.DEFAULT, null);
  }

  /** The sentence that rendered schemas show. */
  public final F describe(String text) {
    return mark("description", text);
  }

  /** No two entities of a workspace may have the same value. */
  public final F unique() {
    return mark(Traits.UNIQUE, true);
  }

  /** No two entities may have the same value, whatever their workspaces. */
  public final F uniqueAcrossWorkspaces() {
    return mark(Traits.UNIQUE_ACROSS_WS, true);
  }

  /** Several entities may have the same value, and rendered schemas say so. */
  public final F notUnique() {
    return mark(Traits.UNIQUE, false);
  }

  /** The value is not kept with the entity; whoever writes it, and shows it, knows where it is. */
  public final F unstored() {
    return mark("transient", true);
  }

  /** The gateway makes up a value when none is given: a UUID, a time or a random text. */
  public final F auto() {
    return mark(Traits.AUTO, true);
  }

  /** The value may be a reference to a secret. */
  public final F referenceable() {
    return mark(REFERENCEABLE, true);
  }

  /** The value is a secret. */
  public final F encrypted() {
    return mark("encrypted", true);
  }

  /** The message instead of that of a broken rule. */
  public final F err(String message) {
    return mark(Traits.ERR, message);
  }

  /** The value must be null: the field may not be used. */
  public final F eqNull() {
    return rule(Rules.eq(null));
  }

  /** The value may not be null. */
  public final F neNull() {
    return rule(Rules.ne(null));
  }

  /**
   * The field will go.
   *
   * @param message what to use instead
   * @param removal the version without it
   */
  public final F deprecated(String message, String removal) {
    return mark("deprecation", new JsonObject().put("message", message).put("removal_in_version", removal));
  }

  /** The field will go; its former default is shown. */
  public final F deprecated(String message, String removal, Object oldDefault) {
    return mark("deprecation", new JsonObject()
        .put("message", message)
        .put("removal_in_version", removal)
        .put("old_default", oldDefault));
  }
}
