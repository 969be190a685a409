package dev.sluice.plugins.openidconnect;

import dev.sluice.api.request.Answer;
import dev.sluice.plugins.authentication.Challenge;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What is told to who is refused.
 *
 * @param realm the host of the issuer
 * @param unauthorized the message of a 401
 * @param forbidden the message of a 403
 * @param reasons whether the reason is told
 * @param codes whether the code of RFC 6750 is told
 */
record Refusals(String realm, String unauthorized, String forbidden, boolean reasons, boolean codes) {

  static Refusals decode(JsonObject config, String host) {
    return new Refusals(
        host,
        config.getString("unauthorized_error_message"),
        config.getString("forbidden_error_message"),
        config.getBoolean("display_errors"),
        config.getBoolean("expose_error_code"));
  }

  Answer answer(RefusedException refused) {
    String message = refused.status() == 403 ? forbidden : unauthorized;
    String challenge = Challenge.of("Bearer", Optional.of(realm));
    if (codes && !refused.code().isEmpty()) {
      challenge += ", error=\"" + refused.code() + "\"";
    }
    Answer answer = Answer.error(refused.status(), reasons ? message + " (" + refused.getMessage() + ")" : message);
    return Challenge.on(answer, challenge);
  }
}
