package dev.sluice.plugins.ai.llm;

import dev.sluice.plugins.ai.llm.Conversation.Turn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Cohere's chat and generate, in their first version. */
final class Cohere implements Driver {

  private static final String FINISH = "finish_reason";

  @Override
  public String base(Model model) {
    return "https://api.cohere.com";
  }

  @Override
  public String path(Ask ask) {
    return switch (ask.type()) {
      case CHAT -> "/v1/chat";
      case COMPLETIONS -> "/v1/generate";
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
    Object most = ask.most();
    if (most != null) {
      body.put("max_tokens", most);
    }
    ask.put("temperature", body, "temperature");
    ask.put("top_p", body, "p");
    ask.put("top_k", body, "k");
    JsonArray stop = Pick.texts(ask.body(), "stop");
    if (!stop.isEmpty()) {
      body.put("stop_sequences", stop);
    }
    return body.put("stream", ask.stream());
  }

  private static void chat(Ask ask, JsonObject body) {
    Conversation.withoutTools(ask);
    Conversation conversation = Conversation.of(ask.body());
    List<Turn> turns = conversation.turns();
    if (turns.isEmpty() || turns.get(turns.size() - 1).model()) {
      throw new LlmException("the last message must be the user's");
    }
    JsonArray before = new JsonArray();
    for (Turn turn : turns.subList(0, turns.size() - 1)) {
      before.add(new JsonObject().put("role", turn.model() ? "CHATBOT" : "USER").put("message", turn.text("cohere")));
    }
    if (!conversation.system().isEmpty()) {
      body.put("preamble", conversation.system());
    }
    if (!before.isEmpty()) {
      body.put("chat_history", before);
    }
    body.put("message", turns.get(turns.size() - 1).text("cohere"));
  }

  @Override
  public JsonObject answer(Object answer, Ask ask) {
    JsonObject json = answer instanceof JsonObject object ? object : new JsonObject();
    JsonObject said = ask.type() == RouteType.CHAT ? json : Pick.first(json, "generations");
    String text = Pick.text(said, "text")
        .orElseThrow(() -> new LlmException("'text' not in cohere://" + ask.type().wire() + " response"));
    String id = Pick.text(json, "generation_id").or(() -> Pick.text(json, "id")).orElse("");
    String finish = finish(Pick.text(said, FINISH).orElse("COMPLETE"));
    return Reply.text(id, ask.model().known(), text, finish, usage(json)).toJson(ask.type());
  }

  @Override
  public Usage usage(JsonObject answer) {
    JsonObject meta = Pick.object(answer, "meta");
    Usage billed = Usage.of(Pick.object(meta, "billed_units"), "input_tokens", "output_tokens");
    return billed.total() > 0 ? billed : Usage.of(Pick.object(meta, "tokens"), "input_tokens", "output_tokens");
  }

  private static String finish(String reason) {
    return switch (reason) {
      case "MAX_TOKENS" -> "length";
      case "ERROR_TOXIC" -> "content_filter";
      default -> "stop";
    };
  }

  @Override
  public EventReader events(Ask ask) {
    return (event, out) -> {
      JsonObject json = event.json();
      Pick.text(json, "generation_id").ifPresent(out::id);
      if (Pick.text(json, FINISH).orElse("").startsWith("ERROR")) {
        out.error("the provider has ended with " + Pick.text(json, FINISH).orElse(""));
      }
      boolean last = Pick.text(json, "event_type").orElse(event.type()).equals("stream-end")
          || Boolean.TRUE.equals(json.getValue("is_finished"));
      if (last) {
        out.usage(usage(Pick.object(json, "response")));
        out.finish(finish(Pick.text(json, FINISH).orElse("COMPLETE")));
        out.done();
      } else {
        Pick.text(json, "text").ifPresent(out::text);
      }
    };
  }
}
