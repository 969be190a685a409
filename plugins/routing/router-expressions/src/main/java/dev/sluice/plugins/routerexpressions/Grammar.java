package dev.sluice.plugins.routerexpressions;

import static dev.sluice.plugins.routerexpressions.GrammarRule.AND_OP;
import static dev.sluice.plugins.routerexpressions.GrammarRule.BINARY_OPERATOR;
import static dev.sluice.plugins.routerexpressions.GrammarRule.DEC_DIGITS;
import static dev.sluice.plugins.routerexpressions.GrammarRule.EOI;
import static dev.sluice.plugins.routerexpressions.GrammarRule.EXPRESSION;
import static dev.sluice.plugins.routerexpressions.GrammarRule.HEX_DIGITS;
import static dev.sluice.plugins.routerexpressions.GrammarRule.IDENT;
import static dev.sluice.plugins.routerexpressions.GrammarRule.INT_LITERAL;
import static dev.sluice.plugins.routerexpressions.GrammarRule.IPV4_CIDR_LITERAL;
import static dev.sluice.plugins.routerexpressions.GrammarRule.IPV4_LITERAL;
import static dev.sluice.plugins.routerexpressions.GrammarRule.IPV6_CIDR_LITERAL;
import static dev.sluice.plugins.routerexpressions.GrammarRule.IPV6_LITERAL;
import static dev.sluice.plugins.routerexpressions.GrammarRule.LHS;
import static dev.sluice.plugins.routerexpressions.GrammarRule.MATCHER;
import static dev.sluice.plugins.routerexpressions.GrammarRule.NOT_OP;
import static dev.sluice.plugins.routerexpressions.GrammarRule.OCT_DIGITS;
import static dev.sluice.plugins.routerexpressions.GrammarRule.OR_OP;
import static dev.sluice.plugins.routerexpressions.GrammarRule.PARENTHESISED_EXPRESSION;
import static dev.sluice.plugins.routerexpressions.GrammarRule.PREDICATE;
import static dev.sluice.plugins.routerexpressions.GrammarRule.RAWSTR_CHAR;
import static dev.sluice.plugins.routerexpressions.GrammarRule.RAWSTR_LITERAL;
import static dev.sluice.plugins.routerexpressions.GrammarRule.RHS;
import static dev.sluice.plugins.routerexpressions.GrammarRule.STR_CHAR;
import static dev.sluice.plugins.routerexpressions.GrammarRule.STR_ESC;
import static dev.sluice.plugins.routerexpressions.GrammarRule.STR_LITERAL;
import static dev.sluice.plugins.routerexpressions.GrammarRule.TERM;
import static dev.sluice.plugins.routerexpressions.GrammarRule.TRANSFORM_FUNC;

/**
 * The grammar of expressions. Alternatives are tried in order and the first that fits is kept, as in Kong's, so that
 * both take the same texts.
 */
final class Grammar {

  private static final String[] OPERATORS = {"==", "!=", "~", "^=", "=^", ">=", ">", "<=", "<", "in"};

  private final Scanner scan;

  private Grammar(String source) {
    this.scan = new Scanner(source);
  }

  /** Takes an expression apart. */
  static Node parse(String source) {
    Grammar grammar = new Grammar(source);
    Scanner scan = grammar.scan;
    boolean whole =
        scan.rule(
            MATCHER,
            () -> scan.space() && grammar.expression() && scan.space() && scan.rule(EOI, scan::end));
    if (!whole) {
      throw scan.complaint();
    }
    return scan.result().first();
  }

  private boolean expression() {
    return scan.rule(
        EXPRESSION,
        () -> {
          boolean more = term();
          if (!more) {
            return false;
          }
          while (more) {
            more = scan.together(() -> scan.space() && logicalOperator() && scan.space() && term());
          }
          return true;
        });
  }

  private boolean logicalOperator() {
    return scan.rule(AND_OP, () -> scan.text("&&")) || scan.rule(OR_OP, () -> scan.text("||"));
  }

  private boolean term() {
    return scan.rule(TERM, () -> predicate() || parenthesised());
  }

  private boolean parenthesised() {
    return scan.rule(
        PARENTHESISED_EXPRESSION,
        () -> {
          scan.rule(NOT_OP, () -> scan.text("!"));
          return scan.space() && scan.text("(") && scan.space() && expression() && scan.space() && scan.text(")");
        });
  }

  private boolean predicate() {
    return scan.rule(PREDICATE, () -> lhs() && scan.space() && operator() && scan.space() && rhs());
  }

  private boolean lhs() {
    return scan.rule(LHS, () -> scan.rule(TRANSFORM_FUNC, this::transformation) || ident());
  }

  private boolean transformation() {
    return ident() && scan.space() && scan.text("(") && scan.space() && lhs() && scan.space() && scan.text(")");
  }

  private boolean ident() {
    return scan.atomicRule(
        IDENT,
        () -> scan.one(Grammar::isLetter)
            && scan.some(0, Integer.MAX_VALUE, c -> isLetter(c) || isDigit(c) || c == '_' || c == '.'));
  }

  private boolean operator() {
    return scan.rule(
        BINARY_OPERATOR,
        () -> {
          for (String operator : OPERATORS) {
            if (scan.text(operator)) {
              return true;
            }
          }
          return scan.together(() -> scan.text("not") && scan.space() && scan.text("in")) || scan.text("contains");
        });
  }

  private boolean rhs() {
    return scan.rule(RHS, () -> string() || rawString() || address() || number());
  }

  private boolean string() {
    return scan.rule(
        STR_LITERAL,
        () -> {
          if (!scan.text("\"")) {
            return false;
          }
          boolean more = true;
          while (more) {
            more = scan.rule(STR_ESC, () -> scan.text("\\") && scan.one(c -> "\"\\nrt".indexOf(c) >= 0))
                || scan.rule(STR_CHAR, () -> scan.one(c -> c != '"' && c != '\\'));
          }
          return scan.text("\"");
        });
  }

  private boolean rawString() {
    return scan.rule(
        RAWSTR_LITERAL,
        () -> {
          if (!scan.text("r#\"")) {
            return false;
          }
          boolean more = true;
          while (more) {
            more = scan.rule(RAWSTR_CHAR, () -> !scan.ahead("\"#") && scan.one(c -> true));
          }
          return scan.text("\"#");
        });
  }

  private boolean address() {
    return scan.atomicRule(IPV4_CIDR_LITERAL, () -> ipv4() && scan.text("/") && scan.some(1, 2, Grammar::isDigit))
        || scan.atomicRule(IPV6_CIDR_LITERAL, () -> ipv6() && scan.text("/") && scan.some(1, 3, Grammar::isDigit))
        || scan.atomicRule(IPV4_LITERAL, this::ipv4)
        || scan.atomicRule(IPV6_LITERAL, this::ipv6);
  }

  private boolean ipv4() {
    boolean found = scan.some(1, 3, Grammar::isDigit);
    for (int i = 0; found && i < 3; i++) {
      found = scan.text(".") && scan.some(1, 3, Grammar::isDigit);
    }
    return found;
  }

  private boolean ipv6() {
    return (scan.text(":") || scan.some(1, 4, Grammar::isHexDigit))
        && scan.text(":")
        && scan.some(0, Integer.MAX_VALUE, c -> c == ':' || isHexDigit(c));
  }

  private boolean number() {
    return scan.rule(
        INT_LITERAL,
        () -> {
          scan.text("-");
          return scan.rule(OCT_DIGITS, () -> scan.text("0") && scan.some(1, Integer.MAX_VALUE, c -> c >= '0' && c <= '7'))
              || scan.together(
                  () -> scan.text("0x")
                      && scan.rule(HEX_DIGITS, () -> scan.some(1, Integer.MAX_VALUE, Grammar::isHexDigit)))
              || scan.rule(DEC_DIGITS, () -> scan.some(1, Integer.MAX_VALUE, Grammar::isDigit));
        });
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHexDigit(int c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }
}
