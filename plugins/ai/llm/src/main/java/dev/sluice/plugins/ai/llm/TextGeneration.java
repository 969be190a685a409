package dev.sluice.plugins.ai.llm;

import dev.sluice.plugins.ai.llm.Conversation.Turn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Servers that take a text and generate more of it, such as the raw form of Llama 2. */
final class TextGeneration implements Driver {

  /** Where Hugging Face is. */
  static final String HUGGING_FACE = "https://api-inference.huggingface.co";

  private final boolean huggingFace;

  TextGeneration(boolean huggingFace) {
    this.huggingFace = huggingFace;
  }

  static Map<String, String> huggingFaceHeaders(Model model) {
    Map<String, String> headers = new HashMap<>();
    JsonObject own = model.own("huggingface");
    if (own.getValue("use_cache") instanceof Boolean cache) {
      headers.put("x-use-cache", cache.toString());
    }
    if (own.getValue("wait_for_model") instanceof Boolean wait) {
      headers.put("x-wait-for-model", wait.toString());
    }
    return headers;
  }

  @Override
  public String base(Model model) {
    return huggingFace ? HUGGING_FACE : "";
  }

  @Override
  public String path(Ask ask) {
    return huggingFace ? "/models/" + Calls.escapePath(ask.model().known()) : "/";
  }

  @Override
  public Map<String, String> headers(Ask ask) {
    return huggingFace ? huggingFaceHeaders(ask.model()) : Map.of();
  }

  @Override
  public JsonObject request(Ask ask) {
    JsonObject parameters = new JsonObject();
    Object most = ask.most();
    if (most != null) {
      parameters.put("max_new_tokens", most);
    }
    for (String setting : new String[] {"temperature", "top_p", "top_k"}) {
      ask.put(setting, parameters, setting);
    }
    if (huggingFace) {
      parameters.put("return_full_text", false);
    }
    JsonObject body = new JsonObject().put("inputs", inputs(ask));
    if (!parameters.isEmpty()) {
      body.put("parameters", parameters);
    }
    return ask.stream() ? body.put("stream", true) : body;
  }

  private String inputs(Ask ask) {
    if (ask.type() == RouteType.COMPLETIONS) {
      return huggingFace ? ask.prompt() : "<s>[INST] " + ask.prompt() + " [/INST]";
    }
    Conversation.withoutTools(ask);
    Conversation conversation = Conversation.of(ask.body());
    String rules = conversation.system().isEmpty() ? "" : "<<SYS>>\n" + conversation.system() + "\n<</SYS>>\n\n";
    StringBuilder text = new StringBuilder();
    boolean first = true;
    for (Turn turn : conversation.turns()) {
      String said = turn.text(ask.model().provider());
      if (turn.model()) {
        text.append(' ').append(said).append(" </s>");
      } else {
        text.append("<s>[INST] ").append(first ? rules : "").append(said).append(" [/INST]");
        first = false;
      }
    }
    return text.toString();
  }

  @Override
  public JsonObject answer(Object answer, Ask ask) {
    JsonObject json = first(answer);
    String text = Pick.text(json, "generated_text")
        .orElseThrow(() -> new LlmException("'generated_text' not in " + ask.type().wire() + " response"));
    // Some servers repeat what they were asked.
    String asked = inputs(ask);
    String said = text.startsWith(asked) ? text.substring(asked.length()) : text;
    JsonObject details = Pick.object(json, "details");
    Usage usage = new Usage(0, Pick.count(details, "generated_tokens"));
    String finish = finish(details);
    return Reply.text("", ask.model().known(), said.strip(), finish, usage).toJson(ask.type());
  }

  private static JsonObject first(Object answer) {
    if (answer instanceof JsonArray list) {
      return Pick.first(new JsonObject().put("list", list), "list");
    }
    JsonObject json = answer instanceof JsonObject object ? object : new JsonObject();
    return Pick.objects(json, "data").isEmpty() ? json : Pick.first(json, "data");
  }

  private static String finish(JsonObject details) {
    return Pick.text(details, "finish_reason").orElse("").equals("length") ? "length" : "stop";
  }

  @Override
  public EventReader events(Ask ask) {
    return (event, out) -> {
      JsonObject json = event.json();
      JsonObject token = Pick.object(json, "token");
      if (!Boolean.TRUE.equals(token.getValue("special"))) {
        Pick.text(token, "text").ifPresent(out::text);
      }
      if (json.getValue("generated_text") instanceof String) {
        JsonObject details = Pick.object(json, "details");
        out.finish(finish(details));
        out.done();
      }
      Pick.text(json, "error").ifPresent(out::error);
    };
  }
}
