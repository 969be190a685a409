package dev.sluice.api.schema;

import dev.sluice.api.schema.Rule.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A text, by default not empty. */
public final class StringField extends BaseField<StringField> {

  private final Collection<Rule> rules;

  StringField(Traits traits) {
    super("string", traits);
    this.rules = traits.rule(Kind.LEN_MIN).isPresent() ? traits.rules() : traits.rule(Rules.lenMin(1)).rules();
  }

  @Override
  StringField with(Traits other) {
    return new StringField(other);
  }

  @Override
  Collection<Rule> rules() {
    return rules;
  }

  @Override
  Optional<Object> typeViolation(Object value, Pass pass) {
    return value instanceof String ? Optional.empty() : Optional.of("expected a string");
  }

  @Override
  Object complete(Object value, Pass pass) {
    // Stores keep UUIDs in lower case: two spellings are one entity.
    return traits().rule(Kind.UUID).isPresent() && value instanceof String text && Rules.isUuid(text)
        ? text.toLowerCase(Locale.ROOT)
        : value;
  }

  /** The value when none is given. */
  public StringField defaultTo(String value) {
    return mark(Traits.DEFAULT, value);
  }

  /** The value must be this one. */
  public StringField eq(String value) {
    return rule(Rules.eq(value));
  }

  /** The value must not be this one. */
  public StringField ne(String value) {
    return rule(Rules.ne(value));
  }

  /** The only values allowed. */
  public StringField oneOf(String... values) {
    return rule(Rules.oneOf(List.of(values)));
  }

  /** Values that are not allowed. */
  public StringField notOneOf(String... values) {
    return rule(Rules.notOneOf(List.of(values)));
  }

  /** The exact length in bytes. */
  public StringField lenEq(int length) {
    return rule(Rules.lenEq(length));
  }

  /** The least length in bytes; 0 allows the empty text. */
  public StringField lenMin(int length) {
    return rule(Rules.lenMin(length));
  }

  /** The greatest length in bytes. */
  public StringField lenMax(int length) {
    return rule(Rules.lenMax(length));
  }

  /** The text must begin so. */
  public StringField startsWith(String prefix) {
    return rule(Rules.startsWith(prefix));
  }

  /** The text must be a UUID. */
  public StringField uuid() {
    return rule(Rules.uuid());
  }

  /** The text must be a regular expression. */
  public StringField regex() {
    return rule(Rules.isRegex());
  }

  /** The text must match a pattern in Lua's notation. */
  public StringField match(String lua) {
    return match(lua, LuaPattern.compile(lua));
  }

  /**
   * The text must match.
   *
   * @param lua the pattern that rendered schemas show
   * @param pattern the pattern that is looked for in the text
   */
  public StringField match(String lua, Pattern pattern) {
    return rule(Rules.match(lua, pattern));
  }

  /** The text may not match a pattern in Lua's notation. */
  public StringField notMatch(String lua) {
    return rule(Rules.notMatch(lua));
  }

  /** The text must match this pattern in Lua's notation, too; repeatable. */
  public StringField matchAll(String lua, String err) {
    return rule(Rules.each(Kind.MATCH_ALL, traits().rule(Kind.MATCH_ALL), lua, err));
  }

  /** The text may not match this pattern in Lua's notation; repeatable. */
  public StringField matchNone(String lua, String err) {
    return rule(Rules.each(Kind.MATCH_NONE, traits().rule(Kind.MATCH_NONE), lua, err));
  }

  /** The text must match one of the patterns in Lua's notation. */
  public StringField matchAny(String err, String... lua) {
    return rule(Rules.matchAny(Optional.of(err), List.of(lua)));
  }

  /** A check in code, after all others. */
  public StringField check(Validator<String> validator) {
    return custom(value -> validator.violation((String) value));
  }
}
