package dev.sluice.plugins.authentication;

import dev.sluice.api.request.Answer;
import dev.sluice.api.request.HeaderText;
import java.util.Optional;

/** What a refusal asks for, in {@code WWW-Authenticate}. */
public final class Challenge {

  private static final String HEADER = "WWW-Authenticate";

  private Challenge() {}

  /**
   * A challenge.
   *
   * @throws IllegalArgumentException when the realm cannot stand in a header
   */
  public static String of(String scheme, Optional<String> realm) {
    return realm.map(text -> scheme + " realm=\"" + quoted(text) + "\"").orElse(scheme);
  }

  private static String quoted(String text) {
    if (!HeaderText.isValue(text)) {
      throw new IllegalArgumentException("realm holds a control character");
    }
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** A refusal in the form that the client asks for. */
  public static Answer refusal(String message, String challenge) {
    return Answer.error(401, message).header(HEADER, challenge);
  }

  /** The same answer with a challenge. */
  public static Answer on(Answer answer, String challenge) {
    return answer.header(HEADER, challenge);
  }
}
