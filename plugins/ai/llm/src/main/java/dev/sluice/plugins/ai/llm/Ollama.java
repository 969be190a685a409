package dev.sluice.plugins.ai.llm;

import dev.sluice.plugins.ai.llm.Conversation.Call;
import dev.sluice.plugins.ai.llm.Conversation.Image;
import dev.sluice.plugins.ai.llm.Conversation.Part;
import dev.sluice.plugins.ai.llm.Conversation.Result;
import dev.sluice.plugins.ai.llm.Conversation.Text;
import dev.sluice.plugins.ai.llm.Conversation.Turn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Servers that speak as Ollama does. */
final class Ollama implements Driver {

  @Override
  public String base(Model model) {
    return "";
  }

  @Override
  public String path(Ask ask) {
    return switch (ask.type()) {
      case CHAT -> "/api/chat";
      case COMPLETIONS -> "/api/generate";
      case PRESERVE -> throw ask.unsupported();
    };
  }

  @Override
  public JsonObject request(Ask ask) {
    JsonObject body = new JsonObject().put("model", ask.model().known());
    if (ask.type() == RouteType.COMPLETIONS) {
      body.put("prompt", ask.prompt());
    } else {
      chat(ask, body);
    }
    JsonObject options = new JsonObject();
    Object most = ask.most();
    if (most != null) {
      options.put("num_predict", most);
    }
    for (String setting : new String[] {"temperature", "top_p", "top_k"}) {
      ask.put(setting, options, setting);
    }
    JsonArray stop = Pick.texts(ask.body(), "stop");
    if (!stop.isEmpty()) {
      options.put("stop", stop);
    }
    if (!options.isEmpty()) {
      body.put("options", options);
    }
    return body.put("stream", ask.stream());
  }

  private static void chat(Ask ask, JsonObject body) {
    Conversation conversation = Conversation.of(ask.body());
    JsonArray messages = new JsonArray();
    if (!conversation.system().isEmpty()) {
      messages.add(new JsonObject().put("role", "system").put("content", conversation.system()));
    }
    conversation.turns().forEach(turn -> add(turn, messages));
    body.put("messages", messages);
    Pick.copy(ask.body(), "tools", body, "tools");
  }

  private static void add(Turn turn, JsonArray messages) {
    StringBuilder text = new StringBuilder();
    JsonArray images = new JsonArray();
    JsonArray calls = new JsonArray();
    for (Part part : turn.parts()) {
      if (part instanceof Text said) {
        text.append(text.length() == 0 ? "" : "\n").append(said.text());
      } else if (part instanceof Image image) {
        if (!image.inline()) {
          throw new LlmException("pictures for ollama must be given inline");
        }
        images.add(image.data());
      } else if (part instanceof Call call) {
        calls.add(new JsonObject().put("function",
            new JsonObject().put("name", call.name()).put("arguments", call.arguments())));
      } else if (part instanceof Result result) {
        messages.add(new JsonObject()
            .put("role", "tool")
            .put("tool_name", result.name())
            .put("content", result.text()));
      }
    }
    JsonObject message = new JsonObject()
        .put("role", turn.model() ? "assistant" : "user")
        .put("content", text.toString());
    if (!images.isEmpty()) {
      message.put("images", images);
    }
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    if (text.length() > 0 || message.size() > 2) {
      messages.add(message);
    }
  }

  @Override
  public JsonObject answer(Object answer, Ask ask) {
    JsonObject json = answer instanceof JsonObject object ? object : new JsonObject();
    boolean chat = ask.type() == RouteType.CHAT;
    JsonObject message = Pick.object(json, "message");
    String text = (chat ? Pick.text(message, "content") : Pick.text(json, "response"))
        .orElseThrow(() -> new LlmException("no message in the " + ask.type().wire() + " response of ollama"));
    JsonArray calls = new JsonArray();
    for (JsonObject call : Pick.objects(message, "tool_calls")) {
      JsonObject function = Pick.object(call, "function");
      calls.add(Reply.call(
          "call_" + calls.size(), Pick.text(function, "name").orElse(""), Pick.object(function, "arguments")));
    }
    String model = Pick.text(json, "model").orElse(ask.model().known());
    String finish = calls.isEmpty() ? finish(json) : "tool_calls";
    return new Reply("", model, text, calls, finish, usage(json)).toJson(ask.type());
  }

  private static String finish(JsonObject json) {
    return Pick.text(json, "done_reason").orElse("stop").equals("length") ? "length" : "stop";
  }

  @Override
  public Usage usage(JsonObject answer) {
    return Usage.of(answer, "prompt_eval_count", "eval_count");
  }

  @Override
  public EventReader events(Ask ask) {
    int[] calls = {0};
    return (event, out) -> {
      JsonObject json = event.json();
      Pick.text(json, "model").ifPresent(out::model);
      Pick.text(json, "error").ifPresent(out::error);
      JsonObject message = Pick.object(json, "message");
      Pick.text(message, "content").or(() -> Pick.text(json, "response")).ifPresent(out::text);
      for (JsonObject call : Pick.objects(message, "tool_calls")) {
        JsonObject function = Pick.object(call, "function");
        String name = Pick.text(function, "name").orElse("");
        out.call(calls[0], "call_" + calls[0], name, Pick.object(function, "arguments").encode());
        calls[0]++;
      }
      if (Boolean.TRUE.equals(json.getValue("done"))) {
        out.usage(usage(json));
        out.finish(calls[0] > 0 ? "tool_calls" : finish(json));
        out.done();
      }
    };
  }
}
