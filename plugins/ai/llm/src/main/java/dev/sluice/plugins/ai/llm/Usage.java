package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.JsonObject;

/**
 * What an answer has used, in tokens.
 *
 * @param prompt those of what was asked
 * @param completion those of the answer
 */
public record Usage(long prompt, long completion) {

  /** Nothing, which is also what is known when a provider does not tell. */
  public static final Usage NONE = new Usage(0, 0);

  /** What stands in a provider's words. */
  static Usage of(JsonObject from, String prompt, String completion) {
    return new Usage(Pick.count(from, prompt), Pick.count(from, completion));
  }

  /** Both together. */
  public long total() {
    return prompt + completion;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", total());
  }
}
