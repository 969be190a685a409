package dev.sluice.plugins.oauth2;

import dev.sluice.api.request.Answer;
import dev.sluice.plugins.authentication.Challenge;
import io.vertx.core.json.JsonObject;

/** Answers of the authorization server; nobody keeps them. */
final class ServerAnswer {

  private ServerAnswer() {}

  static Answer of(int status, JsonObject body) {
    return Answer.json(status, body).header("Cache-Control", "no-store").header("Pragma", "no-cache");
  }

  /** A refusal of the token endpoint; one who has tried to log in with a header is asked to do so again. */
  static Answer refusal(OauthException cause, JsonObject body) {
    return cause.isBadLogin() ? Challenge.on(of(401, body), "Basic realm=\"OAuth2.0\"") : of(400, body);
  }

  /** With the state that a client has sent to know its own request again. */
  static JsonObject withState(JsonObject body, Parameters parameters) {
    parameters.text("state").ifPresent(state -> body.put("state", state));
    return body;
  }
}
