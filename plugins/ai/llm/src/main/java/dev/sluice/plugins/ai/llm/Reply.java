package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A whole answer of a model.
 *
 * @param id the provider's; may be empty
 * @param model who has answered
 * @param text what it says
 * @param calls the functions it wants called, in OpenAI's form
 * @param finish why it has ended, in OpenAI's words
 * @param usage what it has used
 */
record Reply(String id, String model, String text, JsonArray calls, String finish, Usage usage) {

  private static final int MILLIS = 1000;

  static Reply text(String id, String model, String text, String finish, Usage usage) {
    return new Reply(id, model, text, new JsonArray(), finish, usage);
  }

  /** A call in OpenAI's form. */
  static JsonObject call(String id, String name, Object arguments) {
    String text = arguments instanceof JsonObject object ? object.encode() : String.valueOf(arguments);
    return new JsonObject()
        .put("id", id)
        .put("type", "function")
        .put("function", new JsonObject().put("name", name).put("arguments", text));
  }

  /** The answer in the form of OpenAI's API. */
  JsonObject toJson(RouteType type) {
    JsonObject choice = new JsonObject().put("index", 0);
    if (type == RouteType.CHAT) {
      JsonObject message = new JsonObject().put("role", "assistant").put("content", text);
      if (!calls.isEmpty()) {
        message.put("tool_calls", calls);
        if (text.isEmpty()) {
          message.putNull("content");
        }
      }
      choice.put("message", message);
    } else {
      choice.put("text", text);
    }
    choice.put("logprobs", null).put("finish_reason", finish);
    JsonObject json = new JsonObject();
    if (!id.isEmpty()) {
      json.put("id", id);
    }
    return json
        .put("object", type == RouteType.CHAT ? "chat.completion" : "text_completion")
        .put("created", System.currentTimeMillis() / MILLIS)
        .put("model", model)
        .put("choices", new JsonArray().add(choice))
        .put("usage", usage.toJson());
  }
}
