package dev.sluice.plugins.routerexpressions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses expressions that compare what cannot be compared. The messages are Kong's. */
final class TypeCheck {

  private static final String SEGMENTS = "http.path.segments.";
  private static final Pattern RANGE = Pattern.compile("(0|[1-9]\\d*)(?:_([1-9]\\d*))?");

  private final Fields fields;

  TypeCheck(Fields fields) {
    this.fields = fields;
  }

  /**
   * Checks an expression.
   *
   * @throws ExpressionException when it makes no sense
   */
  void check(Expression expression) {
    types(expression);
    segments(expression);
  }

  private void types(Expression expression) {
    if (expression instanceof Expression.And and) {
      and.parts().forEach(this::types);
    } else if (expression instanceof Expression.Or or) {
      or.parts().forEach(this::types);
    } else if (expression instanceof Expression.Not not) {
      types(not.part());
    } else if (expression instanceof Expression.Predicate predicate) {
      types(predicate);
    }
  }

  private void types(Expression.Predicate predicate) {
    FieldType field =
        fields.type(predicate.field()).orElseThrow(() -> new ExpressionException("Unknown LHS field"));
    FieldType constant = predicate.constant().type();
    Operator operator = predicate.operator();
    boolean mixed = operator == Operator.REGEX || operator == Operator.IN || operator == Operator.NOT_IN;
    require(mixed || field == constant, "Type mismatch between the LHS and RHS values of predicate");
    require(
        !predicate.lower() || field == FieldType.STRING,
        "lower-case transformation function only supported with String type fields");
    switch (operator) {
      case EQUALS, NOT_EQUALS -> {}
      case REGEX -> require(field == FieldType.STRING, "Regex operators only supports string operands");
      case PREFIX, POSTFIX ->
          require(
              constant == FieldType.STRING, "Regex/Prefix/Postfix operators only supports string operands");
      case GREATER_OR_EQUAL, GREATER, LESS_OR_EQUAL, LESS ->
          require(
              constant == FieldType.INT,
              "Greater/GreaterOrEqual/Lesser/LesserOrEqual operators only supports integer operands");
      case IN, NOT_IN ->
          require(
              field == FieldType.IP_ADDR && constant == FieldType.IP_CIDR,
              "In/NotIn operators only supports IP in CIDR");
      case CONTAINS -> require(constant == FieldType.STRING, "Contains operator only supports string operands");
    }
  }

  private static void require(boolean sound, String message) {
    if (!sound) {
      throw new ExpressionException(message);
    }
  }

  private static void segments(Expression expression) {
    if (expression instanceof Expression.And and) {
      and.parts().forEach(TypeCheck::segments);
    } else if (expression instanceof Expression.Or or) {
      or.parts().forEach(TypeCheck::segments);
    } else if (expression instanceof Expression.Not not) {
      segments(not.part());
    } else if (expression instanceof Expression.Predicate predicate && predicate.field().startsWith(SEGMENTS)) {
      String range = predicate.field().substring(SEGMENTS.length());
      require(range.equals("len") || isRange(range), "illformed http.path.segments.* field");
    }
  }

  private static boolean isRange(String range) {
    Matcher matcher = RANGE.matcher(range);
    return matcher.matches()
        && range.length() < 16
        && (matcher.group(2) == null || Long.parseLong(matcher.group(1)) < Long.parseLong(matcher.group(2)));
  }
}
