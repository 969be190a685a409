package dev.sluice.plugins.airesponsetransformer;

import dev.sluice.testkit.TestBackend;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Servers that act as providers. */
final class Models {

  private Models() {}

  /** One that always says the same. */
  static TestBackend saying(String text) {
    return answering(asked -> text);
  }

  /** One that answers what the user has said. */
  static TestBackend answering(Function<JsonObject, String> model) {
    return doing((request, asked) -> request.response().end(completion(model.apply(asked)).toBuffer()));
  }

  static TestBackend doing(BiConsumer<HttpServerRequest, JsonObject> model) {
    return TestBackend.of(request -> request.body().onSuccess(body -> model.accept(request, new JsonObject(body))));
  }

  /** What the one of a role has said. */
  static String said(JsonObject asked, int index) {
    return asked.getJsonArray("messages").getJsonObject(index).getString("content");
  }

  private static JsonObject completion(String text) {
    JsonObject message = new JsonObject().put("role", "assistant").put("content", text);
    return new JsonObject()
        .put("model", "gpt-4-x")
        .put("choices", new JsonArray().add(new JsonObject().put("message", message)))
        .put("usage", new JsonObject().put("prompt_tokens", 4).put("completion_tokens", 2));
  }

  static JsonObject config(TestBackend provider) {
    JsonObject options = new JsonObject().put("upstream_url", "http://127.0.0.1:" + provider.port());
    JsonObject llm = new JsonObject()
        .put("route_type", "llm/v1/chat")
        .put("auth", new JsonObject().put("header_name", "Authorization").put("header_value", "Bearer s3cret"))
        .put("model", new JsonObject().put("provider", "openai").put("name", "gpt").put("options", options));
    return new JsonObject().put("prompt", "Shout.").put("llm", llm);
  }
}
