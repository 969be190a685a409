package dev.sluice.plugins.openidconnect;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a provider has given out. Shows in no text.
 *
 * @param accessToken for whatever it is good for
 * @param idToken who somebody is
 * @param refreshToken by which more can be had
 * @param expiresIn for how many seconds the access token is good
 * @param scope what was granted
 */
record TokenReply(
    String accessToken,
    Optional<String> idToken,
    Optional<String> refreshToken,
    OptionalLong expiresIn,
    Optional<String> scope) {

  static TokenReply read(JsonObject json) throws IOException {
    String type = text(json, "token_type").orElse("Bearer");
    Optional<String> token = text(json, "access_token");
    if (token.isEmpty() || !type.equalsIgnoreCase("Bearer")) {
      throw new IOException("the provider has given out no bearer token");
    }
    return new TokenReply(
        token.get(),
        text(json, "id_token"),
        text(json, "refresh_token"),
        json.getValue("expires_in") instanceof Number seconds
            ? OptionalLong.of(seconds.longValue())
            : OptionalLong.empty(),
        text(json, "scope"));
  }

  private static Optional<String> text(JsonObject json, String name) {
    return json.getValue(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
  }

  @Override
  public String toString() {
    return "tokens";
  }
}
