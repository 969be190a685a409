package dev.sluice.plugins.acme;

/** Why there is no certificate, in words for an operator. */
final class AcmeFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AcmeFailure(String message) {
    super(message, null, false, false);
  }
}
