package dev.sluice.plugins.openidconnect;

/** Somebody has not proved who they are, or may not do what they ask. Not for trouble with the provider. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  private RefusedException(int status, String code, String reason) {
    super(reason, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** Nothing was brought. */
  static RefusedException missing() {
    return new RefusedException(401, "", "no credentials were given");
  }

  /** What was brought is no proof. */
  static RefusedException invalid(String reason) {
    return new RefusedException(401, "invalid_token", reason);
  }

  /** Who it is is known, and may not. */
  static RefusedException forbidden(String reason) {
    return new RefusedException(403, "insufficient_scope", reason);
  }

  int status() {
    return status;
  }

  /** The code of RFC 6750; empty when nothing was brought. */
  String code() {
    return code;
  }
}
