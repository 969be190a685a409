package dev.sluice.plugins.routerexpressions;

/** A text is no expression, or none that makes sense. The message says why, in Kong's words as far as they are known. */
final class ExpressionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ExpressionException(String message) {
    super(message, null);
  }
}
