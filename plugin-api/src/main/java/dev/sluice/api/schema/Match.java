package dev.sluice.api.schema;

import dev.sluice.api.schema.Rule.Kind;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What a condition asks of a field, on top of what the field itself asks. Immutable; every method that is not static
 * adds a term.
 */
public final class Match {

  private static final Match ANY = new Match(Traits.NONE, Optional.empty());

  private final Traits traits;
  private final Optional<Elements> elements;

  private record Elements(Match match, boolean typed) {}

  private Match(Traits traits, Optional<Elements> elements) {
    this.traits = traits;
    this.elements = elements;
  }

  private static Match of(Rule rule) {
    return new Match(Traits.NONE.rule(rule), Optional.empty());
  }

  /** The field has a value. */
  public static Match required() {
    return new Match(Traits.NONE.mark(Traits.REQUIRED, true), Optional.empty());
  }

  /** The value is this one. */
  public static Match eq(Object value) {
    return of(Rules.eq(value));
  }

  /** The value is null. */
  public static Match eqNull() {
    return of(Rules.eq(null));
  }

  /** The value is not this one. */
  public static Match ne(Object value) {
    return of(Rules.ne(value));
  }

  /** The value is one of these. */
  public static Match oneOf(Object... values) {
    return of(Rules.oneOf(List.of(values)));
  }

  /** The value is none of these. */
  public static Match notOneOf(Object... values) {
    return of(Rules.notOneOf(List.of(values)));
  }

  /** The number is greater. */
  public static Match gt(long limit) {
    return of(Rules.gt(Values.canonical(limit)));
  }

  /** The text matches a pattern in Lua's notation. */
  public static Match matches(String lua) {
    return of(Rules.match(lua, LuaPattern.compile(lua)));
  }

  /** The text matches one of the patterns in Lua's notation. */
  public static Match matchesAny(String... lua) {
    return of(Rules.matchAny(Optional.empty(), List.of(lua)));
  }

  /** The list has this element. */
  public static Match contains(Object wanted) {
    return of(Rules.contains(wanted));
  }

  /** The exact length. */
  public static Match lenEq(int length) {
    return of(Rules.lenEq(length));
  }

  /** Every element of the list matches. */
  public static Match everyElement(Match each) {
    return new Match(Traits.NONE, Optional.of(new Elements(each, false)));
  }

  /** Every element of the list, a text, matches. */
  public static Match everyString(Match each) {
    return new Match(Traits.NONE, Optional.of(new Elements(each, true)));
  }

  /** No term at all. */
  public static Match any() {
    return ANY;
  }

  /** The least length, which rendered schemas show for texts. */
  public Match lenMin(int length) {
    return new Match(traits.rule(Rules.lenMin(length)), elements);
  }

  /** The text passes a check in code, too, which rendered schemas do not show. */
  public Match andValid(Validator<String> validator) {
    return new Match(traits.rule(Rules.custom(traits.rule(Kind.CUSTOM), text -> validator.violation((String) text))), elements);
  }

  /** The field has a value, too. */
  public Match andRequired() {
    return new Match(traits.mark(Traits.REQUIRED, true), elements);
  }

  Traits traits() {
    return traits;
  }

  Optional<Match> elements() {
    return elements.map(Elements::match);
  }

  /** Whether a field of a document matches; a null field does only when null is asked for. */
  boolean holds(CheckRun run, String path) {
    if (run.value(path) == null && traits.rule(Kind.EQ).filter(rule -> rule.shown() == null).isEmpty()) {
      return false;
    }
    return Values.has(run.data(), path) && problem(run, path).isEmpty();
  }

  /** Why a field of a document does not match. */
  Optional<Object> problem(CheckRun run, String path) {
    return run.set().find(path).flatMap(field -> field.overlay(this).violation(run.value(path), run.pass()));
  }

  JsonObject render() {
    JsonObject out = new JsonObject();
    elements.ifPresent(inner -> {
      JsonObject shown = inner.match().render();
      if (inner.typed()) {
        shown.put("type", "string");
      }
      out.put("elements", shown);
    });
    traits.renderInto(out);
    return out;
  }
}
