package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A check over several fields of an entity or a record. Fields are named by dotted paths, such as
 * {@code config.redis.host}. A field "has a value" when it is neither null nor empty. Immutable.
 */
public sealed interface Check permits EntityCheck {

  /** The check in the form of {@code GET /schemas/{entity}}. */
  JsonObject render();

  /** At least one of the fields must have a value. */
  static Check atLeastOneOf(String... fields) {
    return new FieldsCheck(FieldsCheck.Kind.AT_LEAST_ONE_OF, List.of(fields));
  }

  /** Exactly one of the fields must have a value. */
  static Check onlyOneOf(String... fields) {
    return new FieldsCheck(FieldsCheck.Kind.ONLY_ONE_OF, List.of(fields));
  }

  /** At most one of the fields may have a value. */
  static Check mutuallyExclusive(String... fields) {
    return new FieldsCheck(FieldsCheck.Kind.MUTUALLY_EXCLUSIVE, List.of(fields));
  }

  /** All of the fields must have a value, or none. */
  static Check mutuallyRequired(String... fields) {
    return new FieldsCheck(FieldsCheck.Kind.MUTUALLY_REQUIRED, List.of(fields));
  }

  /** No two of the fields may have the same value. */
  static Check distinct(String... fields) {
    return new FieldsCheck(FieldsCheck.Kind.DISTINCT, List.of(fields));
  }

  /** Fields of one set may have values only when those of the other have none. */
  static Check mutuallyExclusiveSets(List<String> one, List<String> other) {
    return new ExclusiveSets(one, other);
  }

  /** When one field matches, another must match, too. A null first field never matches. */
  static Check conditional(String ifField, Match ifMatch, String thenField, Match thenMatch) {
    return new Conditional(ifField, ifMatch, thenField, thenMatch, Optional.empty());
  }

  /** When one field matches, another must match, too, with a message of one's own. */
  static Check conditional(String ifField, Match ifMatch, String thenField, Match thenMatch, String err) {
    return new Conditional(ifField, ifMatch, thenField, thenMatch, Optional.of(err));
  }

  /** When a field matches, at least one of others must have a value. */
  static ConditionalAtLeastOne conditionalAtLeastOneOf(String ifField, Match ifMatch, String... fields) {
    return new ConditionalAtLeastOne(
        ifField, new ConditionalAtLeastOne.Branch(ifMatch, List.of(fields), Optional.empty()), Optional.empty());
  }

  /**
   * A check in code; it is left out when one of its fields was found wrong.
   *
   * @param fields the fields that it looks at
   * @param violation gets the whole entity, and says what is wrong with it
   */
  static Check custom(List<String> fields, Function<JsonObject, Optional<String>> violation) {
    return new CustomCheck(fields, false, violation);
  }

  /** A check in code of fields some of which may not exist at all. */
  static Check customWithMissing(List<String> fields, Function<JsonObject, Optional<String>> violation) {
    return new CustomCheck(fields, true, violation);
  }
}
