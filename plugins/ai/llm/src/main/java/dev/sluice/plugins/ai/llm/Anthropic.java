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
import java.util.Map;

/** Anthropic's messages, and the completions that were before them. */
final class Anthropic implements Driver {

  /** Without a number the provider refuses to answer. */
  private static final int MOST_TOKENS = 4096;

  @Override
  public String base(Model model) {
    return "https://api.anthropic.com";
  }

  @Override
  public String path(Ask ask) {
    return switch (ask.type()) {
      case CHAT -> "/v1/messages";
      case COMPLETIONS -> "/v1/complete";
      case PRESERVE -> throw ask.unsupported();
    };
  }

  @Override
  public Map<String, String> headers(Ask ask) {
    return ask.model().option("anthropic_version")
        .map(version -> Map.of("anthropic-version", version))
        .orElse(Map.of());
  }

  @Override
  public JsonObject request(Ask ask) {
    JsonObject body = new JsonObject().put("model", ask.model().known());
    Object most = ask.most() == null ? Integer.valueOf(MOST_TOKENS) : ask.most();
    if (ask.type() == RouteType.COMPLETIONS) {
      body.put("prompt", "\n\nHuman: " + ask.prompt() + "\n\nAssistant:").put("max_tokens_to_sample", most);
    } else {
      chat(ask, body);
      body.put("max_tokens", most);
    }
    ask.put("temperature", body, "temperature");
    ask.put("top_p", body, "top_p");
    ask.put("top_k", body, "top_k");
    JsonArray stop = Pick.texts(ask.body(), "stop");
    if (!stop.isEmpty()) {
      body.put("stop_sequences", stop);
    }
    return ask.stream() ? body.put("stream", true) : body;
  }

  private static void chat(Ask ask, JsonObject body) {
    Conversation conversation = Conversation.of(ask.body());
    if (!conversation.system().isEmpty()) {
      body.put("system", conversation.system());
    }
    JsonArray messages = new JsonArray();
    for (Turn turn : conversation.turns()) {
      JsonArray content = new JsonArray();
      turn.parts().forEach(part -> content.add(block(part)));
      messages.add(new JsonObject().put("role", turn.model() ? "assistant" : "user").put("content", content));
    }
    body.put("messages", messages);
    JsonArray tools = new JsonArray();
    for (Tool tool : Conversation.tools(ask.body())) {
      JsonObject json = new JsonObject().put("name", tool.name());
      tool.description().ifPresent(text -> json.put("description", text));
      tools.add(json.put("input_schema", tool.parameters()));
    }
    if (!tools.isEmpty()) {
      body.put("tools", tools);
      choice(ask.body().getValue("tool_choice"), body);
    }
  }

  private static void choice(Object wanted, JsonObject body) {
    if (wanted instanceof JsonObject one) {
      String name = Pick.text(Pick.object(one, "function"), "name").orElse("");
      body.put("tool_choice", new JsonObject().put("type", "tool").put("name", name));
    } else if (wanted instanceof String word) {
      body.put("tool_choice", new JsonObject().put("type", word.equals("required") ? "any" : word));
    }
  }

  private static JsonObject block(Part part) {
    if (part instanceof Text text) {
      return new JsonObject().put("type", "text").put("text", text.text());
    } else if (part instanceof Image image) {
      JsonObject source = image.inline()
          ? new JsonObject().put("type", "base64").put("media_type", image.type()).put("data", image.data())
          : new JsonObject().put("type", "url").put("url", image.data());
      return new JsonObject().put("type", "image").put("source", source);
    } else if (part instanceof Call call) {
      return new JsonObject()
          .put("type", "tool_use")
          .put("id", call.id())
          .put("name", call.name())
          .put("input", call.arguments());
    }
    Result result = (Result) part;
    return new JsonObject()
        .put("type", "tool_result")
        .put("tool_use_id", result.id())
        .put("content", result.text());
  }

  @Override
  public JsonObject answer(Object answer, Ask ask) {
    JsonObject json = answer instanceof JsonObject object ? object : new JsonObject();
    String id = Pick.text(json, "id").orElse("");
    String model = Pick.text(json, "model").orElse(ask.model().known());
    String finish = finish(Pick.text(json, "stop_reason").orElse("end_turn"));
    if (ask.type() == RouteType.COMPLETIONS) {
      String text = Pick.text(json, "completion")
          .orElseThrow(() -> new LlmException("'completion' not in anthropic://llm/v1/completions response"));
      return Reply.text(id, model, text.strip(), finish, usage(json)).toJson(ask.type());
    }
    if (!(json.getValue("content") instanceof JsonArray)) {
      throw new LlmException("'content' not in anthropic://llm/v1/chat response");
    }
    StringBuilder text = new StringBuilder();
    JsonArray calls = new JsonArray();
    for (JsonObject block : Pick.objects(json, "content")) {
      Pick.text(block, "text").ifPresent(text::append);
      if (Pick.text(block, "type").orElse("").equals("tool_use")) {
        calls.add(Reply.call(
            Pick.text(block, "id").orElse(""),
            Pick.text(block, "name").orElse(""),
            Pick.object(block, "input")));
      }
    }
    return new Reply(id, model, text.toString(), calls, finish, usage(json)).toJson(ask.type());
  }

  @Override
  public Usage usage(JsonObject answer) {
    return Usage.of(Pick.object(answer, "usage"), "input_tokens", "output_tokens");
  }

  private static String finish(String reason) {
    return switch (reason) {
      case "max_tokens" -> "length";
      case "tool_use" -> "tool_calls";
      case "refusal" -> "content_filter";
      default -> "stop";
    };
  }

  @Override
  public EventReader events(Ask ask) {
    return new Events();
  }

  /** The bits of one answer; the block that a bit belongs to is told by a number. */
  private static final class Events implements EventReader {
    private long asked;
    private int calls = -1;

    @Override
    public void read(StreamEvent event, Chunks out) {
      JsonObject json = event.json();
      switch (Pick.text(json, "type").orElse(event.type())) {
        case "message_start" -> {
          JsonObject message = Pick.object(json, "message");
          Pick.text(message, "id").ifPresent(out::id);
          Pick.text(message, "model").ifPresent(out::model);
          asked = Pick.count(Pick.object(message, "usage"), "input_tokens");
        }
        case "content_block_start" -> begin(Pick.object(json, "content_block"), out);
        case "content_block_delta" -> {
          JsonObject delta = Pick.object(json, "delta");
          Pick.text(delta, "text").ifPresent(out::text);
          Pick.text(delta, "partial_json").ifPresent(text -> out.call(calls, "", "", text));
        }
        case "message_delta" -> {
          out.usage(new Usage(asked, Pick.count(Pick.object(json, "usage"), "output_tokens")));
          Pick.text(Pick.object(json, "delta"), "stop_reason").ifPresent(reason -> out.finish(finish(reason)));
        }
        case "completion" -> {
          Pick.text(json, "model").ifPresent(out::model);
          Pick.text(json, "completion").ifPresent(out::text);
          Pick.text(json, "stop_reason").ifPresent(reason -> out.finish(finish(reason)));
        }
        case "message_stop" -> out.done();
        case "error" -> out.error(Pick.text(Pick.object(json, "error"), "message").orElse("unknown"));
        default -> { }
      }
    }

    private void begin(JsonObject block, Chunks out) {
      if (Pick.text(block, "type").orElse("").equals("tool_use")) {
        calls++;
        out.call(calls, Pick.text(block, "id").orElse(""), Pick.text(block, "name").orElse(""), "");
      } else {
        Pick.text(block, "text").ifPresent(out::text);
      }
    }
  }
}
