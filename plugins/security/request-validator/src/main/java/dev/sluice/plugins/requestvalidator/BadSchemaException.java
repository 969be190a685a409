package dev.sluice.plugins.requestvalidator;

/** A schema is none; the message says why. */
final class BadSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadSchemaException(String message) {
    super(message);
  }
}
