package dev.sluice.plugins.openidconnect;

import dev.sluice.api.request.Answer;
import io.vertx.core.json.JsonObject;

/** Answers that nobody may keep. */
final class Answers {

  private Answers() {}

  static Answer redirect(String location) {
    return unkept(Answer.empty(302).header("Location", location));
  }

  static Answer json(JsonObject body) {
    return unkept(Answer.json(200, body));
  }

  static Answer unkept(Answer answer) {
    return answer.header("Cache-Control", "no-store");
  }

  /** A path of this host, whatever it looks like: two slashes would lead to another one. */
  static String local(String path, String query) {
    int slashes = 0;
    while (slashes < path.length() && (path.charAt(slashes) == '/' || path.charAt(slashes) == '\\')) {
      slashes++;
    }
    String clean = "/" + path.substring(slashes);
    return query.isEmpty() ? clean : clean + "?" + query;
  }
}
