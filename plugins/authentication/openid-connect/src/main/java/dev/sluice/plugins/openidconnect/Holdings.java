package dev.sluice.plugins.openidconnect;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The tokens of somebody who has logged in. They were verified when they came; shows in no text.
 *
 * @param accessToken for the upstream
 * @param readable whether the access token was found to be the provider's and says something
 * @param idToken who it is
 * @param refreshToken by which more can be had
 * @param expiresAt when the access token does, in seconds since the epoch; 0 when nobody knows
 * @param scope what was granted
 */
record Holdings(
    String accessToken,
    boolean readable,
    Optional<String> idToken,
    Optional<String> refreshToken,
    long expiresAt,
    String scope) {

  Proof proof() {
    return new Proof(
        accessToken,
        readable ? Tokens.unverified(accessToken) : Claims.NONE,
        Claims.NONE,
        idToken.map(Tokens::unverified).orElse(Claims.NONE),
        idToken,
        Claims.NONE,
        new Claims(new JsonObject().put("scope", scope)));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject().put("a", accessToken).put("v", readable).put("x", expiresAt).put("s", scope);
    idToken.ifPresent(token -> json.put("i", token));
    refreshToken.ifPresent(token -> json.put("r", token));
    return json;
  }

  static Holdings read(JsonObject json) {
    return new Holdings(
        json.getString("a"),
        json.getBoolean("v"),
        Optional.ofNullable(json.getString("i")),
        Optional.ofNullable(json.getString("r")),
        json.getLong("x"),
        json.getString("s"));
  }

  @Override
  public String toString() {
    return "tokens";
  }
}
