package dev.sluice.plugins.oauth2;

import io.vertx.core.json.JsonObject;

/** A request that the authorization server refuses, with an error of RFC 6749. */
final class OauthException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String error;
  private final boolean badLogin;

  OauthException(String error, String description) {
    this(error, description, false);
  }

  private OauthException(String error, String description, boolean badLogin) {
    super(description, null, false, false);
    this.error = error;
    this.badLogin = badLogin;
  }

  static OauthException invalidRequest(String description) {
    return new OauthException("invalid_request", description);
  }

  /**
   * A client that has not proved itself.
   *
   * @param byHeader whether it tried to with a header, which the answer then has to ask for
   */
  static OauthException invalidClient(boolean byHeader) {
    return new OauthException("invalid_client", "Invalid client authentication", byHeader);
  }

  boolean isBadLogin() {
    return badLogin;
  }

  JsonObject body() {
    return new JsonObject().put("error", error).put("error_description", getMessage());
  }
}
