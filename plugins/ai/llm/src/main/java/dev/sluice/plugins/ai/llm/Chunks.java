package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Writes an answer bit by bit, as OpenAI's API does, and keeps account of it. For one answer. */
public final class Chunks {

  private static final int MILLIS = 1000;
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final int LONGEST_LOGGED = 1 << 20;

  private final RouteType type;
  private final boolean tellsUsage;
  private final boolean keepsText;
  private final boolean counts;
  private final long created = System.currentTimeMillis() / MILLIS;
  private final StringBuilder text = new StringBuilder();
  private Buffer out = Buffer.buffer();
  private String id = "";
  private String model;
  private String finish = "";
  private Usage usage = Usage.NONE;
  private long characters;
  private boolean begun;
  private boolean ended;

  /**
   * Begins an answer.
   *
   * @param ask what was asked
   * @param keepsText whether the whole text will be wanted
   * @param counts whether what was used will be wanted
   */
  Chunks(Ask ask, boolean keepsText, boolean counts) {
    this.type = ask.type();
    this.model = ask.model().known();
    this.keepsText = keepsText;
    this.counts = counts || keepsText;
    this.tellsUsage = Boolean.TRUE.equals(Pick.object(ask.body(), "stream_options").getValue("include_usage"));
  }

  void id(String its) {
    id = its;
  }

  void model(String its) {
    model = its;
  }

  /** Passes on a bit that is in OpenAI's words already; it is looked into only where somebody wants to know. */
  void raw(StreamEvent event) {
    if (counts) {
      look(event.json());
    }
    out.appendString("data: ").appendString(event.data()).appendString("\n\n");
  }

  private void look(JsonObject json) {
    JsonObject choice = Pick.first(json, "choices");
    keep(Pick.text(Pick.object(choice, "delta"), "content").or(() -> Pick.text(choice, "text")).orElse(""));
    Pick.text(choice, "finish_reason").ifPresent(reason -> finish = reason);
    Pick.text(json, "model").ifPresent(this::model);
    JsonObject used = Pick.object(json, "usage");
    if (!used.isEmpty()) {
      usage = Usage.of(used, "prompt_tokens", "completion_tokens");
    }
  }

  void text(String bit) {
    if (!bit.isEmpty()) {
      keep(bit);
      write(type == RouteType.CHAT ? new JsonObject().put("content", bit) : new JsonObject().put("text", bit), null);
    }
  }

  /** A part of a call: its beginning when there is a name, else more of its arguments. */
  void call(int index, String callId, String name, String arguments) {
    JsonObject call = new JsonObject().put("index", index);
    if (!name.isEmpty()) {
      call.put("id", callId).put("type", "function");
    }
    JsonObject function = new JsonObject().put("arguments", arguments);
    call.put("function", name.isEmpty() ? function : function.put("name", name));
    write(new JsonObject().put("tool_calls", new JsonArray().add(call)), null);
  }

  void finish(String reason) {
    finish = reason;
    write(new JsonObject(), reason);
  }

  void usage(Usage used) {
    usage = used;
  }

  void error(String message) {
    out.appendString("data: ")
        .appendBuffer(new JsonObject().put("error", new JsonObject().put("message", message)).toBuffer())
        .appendString("\n\n");
  }

  /** Ends the answer; the first time counts. */
  public void done() {
    if (ended) {
      return;
    }
    ended = true;
    if (tellsUsage && begun) {
      line(chunk(new JsonArray()).put("usage", usage.toJson()));
    }
    out.appendString("data: ").appendString(StreamEvent.DONE).appendString("\n\n");
  }

  private void keep(String bit) {
    characters += bit.length();
    if (keepsText && text.length() < LONGEST_LOGGED) {
      text.append(bit);
    }
  }

  private void write(JsonObject bit, String reason) {
    JsonObject choice = new JsonObject().put("index", 0);
    if (type == RouteType.CHAT) {
      choice.put("delta", begun ? bit : new JsonObject().put("role", "assistant").mergeIn(bit));
    } else {
      choice.put("text", bit.getString("text", ""));
    }
    begun = true;
    line(chunk(new JsonArray().add(choice.put("logprobs", null).put("finish_reason", reason))));
  }

  private JsonObject chunk(JsonArray choices) {
    JsonObject chunk = new JsonObject();
    if (!id.isEmpty()) {
      chunk.put("id", id);
    }
    return chunk
        .put("object", type == RouteType.CHAT ? "chat.completion.chunk" : "text_completion")
        .put("created", created)
        .put("model", model)
        .put("choices", choices);
  }

  private void line(JsonObject chunk) {
    out.appendString("data: ").appendBuffer(chunk.toBuffer()).appendString("\n\n");
  }

  /** What has been written since the last time. */
  public Buffer take() {
    Buffer taken = out;
    out = Buffer.buffer();
    return taken;
  }

  /** What was used; estimated at four characters for a token where the provider does not tell. */
  public Usage usage(long promptCharacters) {
    return usage.total() > 0
        ? usage
        : new Usage(tokens(promptCharacters), tokens(characters));
  }

  private static long tokens(long count) {
    return (count + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }

  /** Who has answered. */
  public String model() {
    return model;
  }

  /** The answer as if it had come at once, as far as its text was kept. */
  public JsonObject whole(long promptCharacters) {
    String why = finish.isEmpty() ? null : finish;
    return Reply.text(id, model, text.toString(), why, usage(promptCharacters)).toJson(type);
  }
}
