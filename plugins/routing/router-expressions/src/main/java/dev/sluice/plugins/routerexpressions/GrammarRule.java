package dev.sluice.plugins.routerexpressions;

import java.util.Locale;

/**
 * The rules of the grammar, by the names that Kong's messages call them by. Where a message names several it names them
 * in this order.
 */
enum GrammarRule {
  EOI("EOI"),
  IDENT,
  RHS,
  TRANSFORM_FUNC,
  LHS,
  INT_LITERAL,
  HEX_DIGITS,
  OCT_DIGITS,
  DEC_DIGITS,
  STR_LITERAL,
  STR_CHAR,
  STR_ESC,
  RAWSTR_LITERAL,
  RAWSTR_CHAR,
  IPV4_LITERAL,
  IPV6_LITERAL,
  IPV4_CIDR_LITERAL,
  IPV6_CIDR_LITERAL,
  BINARY_OPERATOR,
  AND_OP,
  OR_OP,
  NOT_OP,
  PREDICATE,
  PARENTHESISED_EXPRESSION,
  TERM,
  EXPRESSION,
  MATCHER;

  private final String text;

  GrammarRule() {
    this.text = name().toLowerCase(Locale.ROOT);
  }

  GrammarRule(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
