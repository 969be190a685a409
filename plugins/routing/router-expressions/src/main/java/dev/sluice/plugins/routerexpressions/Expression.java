package dev.sluice.plugins.routerexpressions;

import java.util.List;

/** An expression, taken apart. */
sealed interface Expression {

  /** All have to hold; at least two. */
  record And(List<Expression> parts) implements Expression {}

  /** One has to hold; at least two. */
  record Or(List<Expression> parts) implements Expression {}

  /** The other must not hold. */
  record Not(Expression part) implements Expression {}

  /**
   * A field compared with a constant.
   *
   * @param field its name
   * @param lower whether its values are put into lower case
   * @param any whether one of its values is enough, else all have to match
   * @param operator how to compare
   * @param constant with what
   */
  record Predicate(String field, boolean lower, boolean any, Operator operator, Constant constant)
      implements Expression {}
}
