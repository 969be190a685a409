package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.JsonObject;

/**
 * What a model is asked, in the form of OpenAI's API.
 *
 * @param type what is asked of it
 * @param model with its name
 * @param stream whether the answer is to come bit by bit
 * @param body not to be changed
 */
public record Ask(RouteType type, Model model, boolean stream, JsonObject body) {

  /** A setting of the model: that of the configuration, else that of the client. */
  Object setting(String name) {
    Object configured = model.options().getValue(name);
    return configured == null ? body.getValue(name) : configured;
  }

  /** Puts a setting under the provider's own name, if there is one. */
  void put(String name, JsonObject to, String as) {
    Object value = setting(name);
    if (value != null) {
      to.put(as, value);
    }
  }

  /** How many tokens the answer may have, whichever of its names the client has used; null when that is not said. */
  Object most() {
    Object most = setting("max_tokens");
    return most == null ? body.getValue("max_completion_tokens") : most;
  }

  /** The text to complete. */
  String prompt() {
    return Pick.text(body, "prompt").orElseThrow(() -> new LlmException("request body doesn't contain valid prompts"));
  }

  /** That this provider does not do what is asked. */
  LlmException unsupported() {
    return new LlmException("operation " + type.wire() + " is not supported for " + model.provider() + " provider");
  }
}
