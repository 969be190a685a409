package dev.sluice.api.schema;

import java.util.Optional;

/**
 * One check of a value whose type is right already.
 *
 * @param kind which check; a field has at most one of each
 * @param shown its argument, as schemas show it; may be null
 * @param test the check
 */
record Rule(Kind kind, Object shown, Validator<Object> test) {

  /** The kinds of check in the order in which they run; the first one that fails gives the message. */
  enum Kind {
    EQ("eq"),
    NE("ne"),
    NOT_ONE_OF("not_one_of"),
    ONE_OF("one_of"),
    GT("gt"),
    TIMESTAMP("timestamp"),
    UUID("uuid"),
    IS_REGEX("is_regex"),
    BETWEEN("between"),
    LEN_EQ("len_eq"),
    LEN_MIN("len_min"),
    LEN_MAX("len_max"),
    STARTS_WITH("starts_with"),
    NOT_MATCH("not_match"),
    MATCH_NONE("match_none"),
    MATCH("match"),
    MATCH_ALL("match_all"),
    MATCH_ANY("match_any"),
    CONTAINS("contains"),
    MUTUALLY_EXCLUSIVE_SUBSETS("mutually_exclusive_subsets"),
    CUSTOM("");

    private final String shownAs;

    Kind(String shownAs) {
      this.shownAs = shownAs;
    }

    /** The attribute in rendered schemas; empty for what cannot be shown. */
    String shownAs() {
      return shownAs;
    }
  }

  Optional<String> violation(Object value) {
    return test.violation(value);
  }
}
