package dev.sluice.plugins.canary.gate;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * What a gate says.
 *
 * @param state the conclusion
 * @param reason why, in words, with the numbers that decided
 * @param numbers all that it was told by
 */
public record Verdict(State state, String reason, JsonObject numbers) {

  /** The conclusions. */
  public enum State {
    /** Too few requests to conclude anything from. */
    WAITING,
    /** Enough requests, and no evidence that the canary is worse than allowed. That is no proof that it is not. */
    PASSING,
    /** There is evidence that the canary is worse than allowed. */
    FAILING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the canary is to be taken back. */
  public boolean failing() {
    return state == State.FAILING;
  }

  /** What is shown and written down. */
  public JsonObject toJson() {
    return new JsonObject().put("verdict", state.toString()).put("reason", reason).put("numbers", numbers);
  }
}
