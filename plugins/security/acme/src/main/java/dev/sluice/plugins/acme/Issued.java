package dev.sluice.plugins.acme;

/**
 * A certificate and its key, as texts in PEM form.
 *
 * @param certificate with its chain
 * @param key its private key
 */
record Issued(String certificate, String key) {

  /** Keys are no matter for logs. */
  @Override
  public String toString() {
    return "certificate";
  }
}
