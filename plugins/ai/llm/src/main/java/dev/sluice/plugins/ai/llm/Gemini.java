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
import java.util.Optional;

/** Google's Gemini, at its own address and in Vertex. */
final class Gemini implements Driver {

  private static final String MODELS = "/v1beta/models/";
  private static final String CONTENTS = "contents";

  @Override
  public String base(Model model) {
    return Pick.text(model.own("gemini"), "api_endpoint")
        .map(host -> "https://" + host)
        .orElse("https://generativelanguage.googleapis.com");
  }

  @Override
  public String path(Ask ask) {
    if (ask.type() != RouteType.CHAT) {
      throw ask.unsupported();
    }
    JsonObject own = ask.model().own("gemini");
    Optional<String> project = Pick.text(own, "project_id");
    Optional<String> location = Pick.text(own, "location_id");
    String models = project.isEmpty() || location.isEmpty()
        ? MODELS
        : "/v1/projects/" + Calls.escape(project.get()) + "/locations/" + Calls.escape(location.get())
            + "/publishers/google/models/";
    return models + Calls.escape(ask.model().known()) + (ask.stream() ? ":streamGenerateContent" : ":generateContent");
  }

  @Override
  public String query(Ask ask) {
    return ask.stream() ? "alt=sse" : "";
  }

  @Override
  public JsonObject request(Ask ask) {
    if (ask.type() != RouteType.CHAT) {
      throw ask.unsupported();
    }
    Conversation conversation = Conversation.of(ask.body());
    JsonObject body = new JsonObject();
    JsonArray contents = new JsonArray();
    for (Turn turn : conversation.turns()) {
      JsonArray parts = new JsonArray();
      turn.parts().forEach(part -> parts.add(part(part)));
      contents.add(new JsonObject().put("role", turn.model() ? "model" : "user").put("parts", parts));
    }
    body.put(CONTENTS, contents);
    if (!conversation.system().isEmpty()) {
      body.put("systemInstruction", new JsonObject()
          .put("parts", new JsonArray().add(new JsonObject().put("text", conversation.system()))));
    }
    JsonObject settings = settings(ask);
    if (!settings.isEmpty()) {
      body.put("generationConfig", settings);
    }
    tools(ask, body);
    return body;
  }

  private static JsonObject settings(Ask ask) {
    JsonObject settings = new JsonObject();
    Object most = ask.most();
    if (most != null) {
      settings.put("maxOutputTokens", most);
    }
    ask.put("temperature", settings, "temperature");
    ask.put("top_p", settings, "topP");
    ask.put("top_k", settings, "topK");
    JsonArray stop = Pick.texts(ask.body(), "stop");
    return stop.isEmpty() ? settings : settings.put("stopSequences", stop);
  }

  private static void tools(Ask ask, JsonObject body) {
    JsonArray declared = new JsonArray();
    for (Tool tool : Conversation.tools(ask.body())) {
      JsonObject json = new JsonObject().put("name", tool.name());
      tool.description().ifPresent(text -> json.put("description", text));
      declared.add(json.put("parameters", tool.parameters()));
    }
    if (declared.isEmpty()) {
      return;
    }
    body.put("tools", new JsonArray().add(new JsonObject().put("functionDeclarations", declared)));
    Object wanted = ask.body().getValue("tool_choice");
    JsonObject calling = new JsonObject();
    if (wanted instanceof JsonObject one) {
      calling.put("mode", "ANY").put("allowedFunctionNames", Pick.texts(Pick.object(one, "function"), "name"));
    } else if (wanted instanceof String word) {
      calling.put("mode", word.equals("required") ? "ANY" : word.equals("none") ? "NONE" : "AUTO");
    }
    if (!calling.isEmpty()) {
      body.put("toolConfig", new JsonObject().put("functionCallingConfig", calling));
    }
  }

  private static JsonObject part(Part part) {
    if (part instanceof Text text) {
      return new JsonObject().put("text", text.text());
    } else if (part instanceof Image image) {
      return image.inline()
          ? new JsonObject().put("inlineData",
              new JsonObject().put("mimeType", image.type()).put("data", image.data()))
          : new JsonObject().put("fileData", new JsonObject().put("fileUri", image.data()));
    } else if (part instanceof Call call) {
      return new JsonObject().put("functionCall",
          new JsonObject().put("name", call.name()).put("args", call.arguments()));
    }
    Result result = (Result) part;
    return new JsonObject().put("functionResponse", new JsonObject()
        .put("name", result.name())
        .put("response", new JsonObject().put("content", result.text())));
  }

  @Override
  public JsonObject answer(Object answer, Ask ask) {
    JsonObject json = answer instanceof JsonObject object ? object : new JsonObject();
    JsonObject candidate = Pick.first(json, "candidates");
    if (candidate.isEmpty()) {
      throw new LlmException("'candidates' not in gemini://llm/v1/chat response");
    }
    StringBuilder text = new StringBuilder();
    JsonArray calls = new JsonArray();
    for (JsonObject part : Pick.objects(Pick.object(candidate, "content"), "parts")) {
      Pick.text(part, "text").ifPresent(text::append);
      JsonObject call = Pick.object(part, "functionCall");
      if (!call.isEmpty()) {
        calls.add(Reply.call("call_" + calls.size(), Pick.text(call, "name").orElse(""), Pick.object(call, "args")));
      }
    }
    String finish = finish(Pick.text(candidate, "finishReason").orElse("STOP"), !calls.isEmpty());
    String model = Pick.text(json, "modelVersion").orElse(ask.model().known());
    String id = Pick.text(json, "responseId").orElse("");
    return new Reply(id, model, text.toString(), calls, finish, usage(json)).toJson(ask.type());
  }

  @Override
  public Usage usage(JsonObject answer) {
    return Usage.of(Pick.object(answer, "usageMetadata"), "promptTokenCount", "candidatesTokenCount");
  }

  private static String finish(String reason, boolean calls) {
    return switch (reason) {
      case "STOP" -> calls ? "tool_calls" : "stop";
      case "MAX_TOKENS" -> "length";
      case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" -> "content_filter";
      default -> "stop";
    };
  }

  @Override
  public EventReader events(Ask ask) {
    int[] calls = {0};
    return (event, out) -> {
      JsonObject json = event.json();
      Pick.text(json, "responseId").ifPresent(out::id);
      Pick.text(json, "modelVersion").ifPresent(out::model);
      Pick.text(Pick.object(json, "error"), "message").ifPresent(out::error);
      Usage usage = usage(json);
      if (usage.total() > 0) {
        out.usage(usage);
      }
      JsonObject candidate = Pick.first(json, "candidates");
      for (JsonObject part : Pick.objects(Pick.object(candidate, "content"), "parts")) {
        Pick.text(part, "text").ifPresent(out::text);
        JsonObject call = Pick.object(part, "functionCall");
        if (!call.isEmpty()) {
          String name = Pick.text(call, "name").orElse("");
          out.call(calls[0], "call_" + calls[0], name, Pick.object(call, "args").encode());
          calls[0]++;
        }
      }
      Pick.text(candidate, "finishReason").ifPresent(reason -> out.finish(finish(reason, calls[0] > 0)));
    };
  }
}
