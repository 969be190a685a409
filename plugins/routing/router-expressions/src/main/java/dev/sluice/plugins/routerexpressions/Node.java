package dev.sluice.plugins.routerexpressions;

import java.util.List;

/**
 * A piece of an expression that follows a rule of the grammar.
 *
 * @param rule the rule
 * @param text the piece
 * @param from where it begins in the expression
 * @param to where it ends
 * @param children what it is made of
 */
record Node(GrammarRule rule, String text, int from, int to, List<Node> children) {

  /** The first of its children. */
  Node first() {
    return children.get(0);
  }
}
