package dev.sluice.plugins.routerexpressions;

/** How a field is compared with a constant. */
enum Operator {
  EQUALS,
  NOT_EQUALS,
  REGEX,
  PREFIX,
  POSTFIX,
  GREATER_OR_EQUAL,
  GREATER,
  LESS_OR_EQUAL,
  LESS,
  IN,
  NOT_IN,
  CONTAINS;

  static Operator of(String text) {
    return switch (text) {
      case "==" -> EQUALS;
      case "!=" -> NOT_EQUALS;
      case "~" -> REGEX;
      case "^=" -> PREFIX;
      case "=^" -> POSTFIX;
      case ">=" -> GREATER_OR_EQUAL;
      case ">" -> GREATER;
      case "<=" -> LESS_OR_EQUAL;
      case "<" -> LESS;
      case "in" -> IN;
      case "contains" -> CONTAINS;
      default -> NOT_IN;
    };
  }
}
