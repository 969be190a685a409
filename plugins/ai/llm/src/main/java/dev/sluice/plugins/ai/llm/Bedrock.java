package dev.sluice.plugins.ai.llm;

import dev.sluice.plugins.ai.llm.Conversation.Call;
import dev.sluice.plugins.ai.llm.Conversation.Image;
import dev.sluice.plugins.ai.llm.Conversation.Part;
import dev.sluice.plugins.ai.llm.Conversation.Result;
import dev.sluice.plugins.ai.llm.Conversation.Text;
import dev.sluice.plugins.ai.llm.Conversation.Tool;
import dev.sluice.plugins.ai.llm.Conversation.Turn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The conversations of Amazon Bedrock. */
final class Bedrock implements Driver {

  private final String region;

  Bedrock(String region) {
    this.region = region;
  }

  @Override
  public String base(Model model) {
    return "https://bedrock-runtime." + region + ".amazonaws.com";
  }

  @Override
  public String path(Ask ask) {
    if (ask.type() != RouteType.CHAT) {
      throw ask.unsupported();
    }
    return "/model/" + Calls.escape(ask.model().known()) + (ask.stream() ? "/converse-stream" : "/converse");
  }

  @Override
  public JsonObject request(Ask ask) {
    if (ask.type() != RouteType.CHAT) {
      throw ask.unsupported();
    }
    Conversation conversation = Conversation.of(ask.body());
    JsonObject body = new JsonObject();
    JsonArray messages = new JsonArray();
    for (Turn turn : conversation.turns()) {
      JsonArray content = new JsonArray();
      turn.parts().forEach(part -> content.add(block(part)));
      messages.add(new JsonObject().put("role", turn.model() ? "assistant" : "user").put("content", content));
    }
    body.put("messages", messages);
    if (!conversation.system().isEmpty()) {
      body.put("system", new JsonArray().add(new JsonObject().put("text", conversation.system())));
    }
    settings(ask, body);
    tools(ask, body);
    return body;
  }

  private static void settings(Ask ask, JsonObject body) {
    JsonObject settings = new JsonObject();
    Object most = ask.most();
    if (most != null) {
      settings.put("maxTokens", most);
    }
    ask.put("temperature", settings, "temperature");
    ask.put("top_p", settings, "topP");
    JsonArray stop = Pick.texts(ask.body(), "stop");
    if (!stop.isEmpty()) {
      settings.put("stopSequences", stop);
    }
    if (!settings.isEmpty()) {
      body.put("inferenceConfig", settings);
    }
    if (ask.setting("top_k") != null) {
      body.put("additionalModelRequestFields", new JsonObject().put("top_k", ask.setting("top_k")));
    }
  }

  private static void tools(Ask ask, JsonObject body) {
    JsonArray tools = new JsonArray();
    for (Tool tool : Conversation.tools(ask.body())) {
      JsonObject json = new JsonObject().put("name", tool.name());
      tool.description().ifPresent(text -> json.put("description", text));
      json.put("inputSchema", new JsonObject().put("json", tool.parameters()));
      tools.add(new JsonObject().put("toolSpec", json));
    }
    Object wanted = ask.body().getValue("tool_choice");
    if (tools.isEmpty() || "none".equals(wanted)) {
      return;
    }
    JsonObject config = new JsonObject().put("tools", tools);
    if (wanted instanceof JsonObject one) {
      JsonObject name = new JsonObject().put("name", Pick.text(Pick.object(one, "function"), "name").orElse(""));
      config.put("toolChoice", new JsonObject().put("tool", name));
    } else if (wanted instanceof String word) {
      config.put("toolChoice", new JsonObject().put(word.equals("required") ? "any" : "auto", new JsonObject()));
    }
    body.put("toolConfig", config);
  }

  private static JsonObject block(Part part) {
    if (part instanceof Text text) {
      return new JsonObject().put("text", text.text());
    } else if (part instanceof Image image) {
      if (!image.inline()) {
        throw new LlmException("pictures for the bedrock provider must be given inline");
      }
      String format = image.type().substring(image.type().indexOf('/') + 1);
      return new JsonObject().put("image", new JsonObject()
          .put("format", format)
          .put("source", new JsonObject().put("bytes", image.data())));
    } else if (part instanceof Call call) {
      return new JsonObject().put("toolUse", new JsonObject()
          .put("toolUseId", call.id())
          .put("name", call.name())
          .put("input", call.arguments()));
    }
    Result result = (Result) part;
    return new JsonObject().put("toolResult", new JsonObject()
        .put("toolUseId", result.id())
        .put("content", new JsonArray().add(new JsonObject().put("text", result.text()))));
  }

  @Override
  public JsonObject answer(Object answer, Ask ask) {
    JsonObject json = answer instanceof JsonObject object ? object : new JsonObject();
    JsonObject message = Pick.object(Pick.object(json, "output"), "message");
    if (message.isEmpty()) {
      throw new LlmException("'output.message' not in bedrock://llm/v1/chat response");
    }
    StringBuilder text = new StringBuilder();
    JsonArray calls = new JsonArray();
    for (JsonObject block : Pick.objects(message, "content")) {
      Pick.text(block, "text").ifPresent(text::append);
      JsonObject use = Pick.object(block, "toolUse");
      if (!use.isEmpty()) {
        calls.add(Reply.call(
            Pick.text(use, "toolUseId").orElse(""), Pick.text(use, "name").orElse(""), Pick.object(use, "input")));
      }
    }
    String finish = finish(Pick.text(json, "stopReason").orElse("end_turn"));
    return new Reply("", ask.model().known(), text.toString(), calls, finish, usage(json)).toJson(ask.type());
  }

  @Override
  public Usage usage(JsonObject answer) {
    return Usage.of(Pick.object(answer, "usage"), "inputTokens", "outputTokens");
  }

  private static String finish(String reason) {
    return switch (reason) {
      case "max_tokens" -> "length";
      case "tool_use" -> "tool_calls";
      case "content_filtered", "guardrail_intervened" -> "content_filter";
      default -> "stop";
    };
  }

  @Override
  public EventSplitter splitter() {
    return new AwsSplitter();
  }

  @Override
  public EventReader events(Ask ask) {
    int[] calls = {-1};
    return (event, out) -> {
      JsonObject json = event.json();
      switch (event.type()) {
        case "contentBlockStart" -> {
          JsonObject use = Pick.object(Pick.object(json, "start"), "toolUse");
          if (!use.isEmpty()) {
            calls[0]++;
            out.call(calls[0], Pick.text(use, "toolUseId").orElse(""), Pick.text(use, "name").orElse(""), "");
          }
        }
        case "contentBlockDelta" -> {
          JsonObject delta = Pick.object(json, "delta");
          Pick.text(delta, "text").ifPresent(out::text);
          Pick.text(Pick.object(delta, "toolUse"), "input").ifPresent(text -> out.call(calls[0], "", "", text));
        }
        case "messageStop" -> out.finish(finish(Pick.text(json, "stopReason").orElse("end_turn")));
        case "metadata" -> out.usage(usage(json));
        case "messageStart", "contentBlockStop" -> { }
        default -> out.error(Pick.text(json, "message").orElse(event.type()));
      }
    };
  }
}
