package dev.sluice.plugins.ai;

import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Where conversations stand in the bodies of requests. */
public enum LlmFormat {

  /** A list of messages, those of the system among them. */
  OPENAI("messages", "content"),

  /** The same with lists of texts; what the system says stands apart. */
  BEDROCK("messages", "content"),

  /** The same under other names. */
  GEMINI("contents", "parts");

  /** The name of the setting. */
  public static final String NAME = "llm_format";

  private static final String ROLE = "role";
  private static final String TEXT = "text";
  private static final String SYSTEM = "system";
  private static final String GEMINI_SYSTEM = "systemInstruction";
  private static final String GEMINI_MODEL = "model";

  private final String list;
  private final String content;

  LlmFormat(String list, String content) {
    this.list = list;
    this.content = content;
  }

  /** The description of the setting. */
  public static Field field() {
    return Fields.string()
        .optional()
        .oneOf("openai", "bedrock", "gemini")
        .defaultTo("openai")
        .describe("The form of the bodies: whose API it is.");
  }

  /** What a configuration sets. */
  public static LlmFormat of(JsonObject config) {
    return switch (config.getString(NAME, "openai")) {
      case "bedrock" -> BEDROCK;
      case "gemini" -> GEMINI;
      default -> OPENAI;
    };
  }

  /** Whether a body holds a conversation in which somebody has said something. */
  public boolean isChat(JsonObject body) {
    return body.getValue(list) instanceof JsonArray messages && !messages.isEmpty();
  }

  /** The conversation in a body, in order; what the system says comes first where it stands apart. */
  public List<ChatMessage> messages(JsonObject body) {
    List<ChatMessage> messages = new ArrayList<>();
    if (this != OPENAI) {
      systemParts(body).forEach(part -> messages.add(new ChatMessage(ChatMessage.SYSTEM, text(part))));
    }
    if (body.getValue(list) instanceof JsonArray given) {
      for (Object message : given) {
        if (message instanceof JsonObject json && json.getValue(ROLE, ChatMessage.USER) instanceof String role) {
          String known = role.equals(GEMINI_MODEL) ? ChatMessage.ASSISTANT : role;
          messages.add(new ChatMessage(known, text(json.getValue(content))));
        }
      }
    }
    return messages;
  }

  private static String text(Object content) {
    if (content instanceof String text) {
      return text;
    } else if (content instanceof JsonObject part) {
      return part.getValue(TEXT) instanceof String text ? text : "";
    }
    StringBuilder all = new StringBuilder();
    if (content instanceof JsonArray parts) {
      for (Object part : parts) {
        String text = text(part);
        all.append(all.length() == 0 || text.isEmpty() ? "" : " ").append(text);
      }
    }
    return all.toString();
  }

  /**
   * Puts messages before and after a conversation.
   *
   * @param body with a conversation; changed
   */
  public void insert(JsonObject body, List<ChatMessage> before, List<ChatMessage> after) {
    JsonArray messages = new JsonArray();
    add(messages, before);
    messages.addAll(body.getJsonArray(list));
    add(messages, after);
    body.put(list, messages);
    if (this != OPENAI) {
      insertSystem(body, before, after);
    }
  }

  private void add(JsonArray messages, List<ChatMessage> more) {
    for (ChatMessage message : more) {
      if (this == OPENAI) {
        messages.add(new JsonObject().put(ROLE, message.role()).put(content, message.text()));
      } else if (!message.role().equals(ChatMessage.SYSTEM)) {
        boolean model = this == GEMINI && message.role().equals(ChatMessage.ASSISTANT);
        messages.add(new JsonObject()
            .put(ROLE, model ? GEMINI_MODEL : message.role())
            .put(content, new JsonArray().add(part(message))));
      }
    }
  }

  private void insertSystem(JsonObject body, List<ChatMessage> before, List<ChatMessage> after) {
    JsonArray parts = new JsonArray();
    systemOf(before, parts);
    parts.addAll(systemParts(body));
    systemOf(after, parts);
    if (parts.isEmpty()) {
      return;
    }
    if (this == BEDROCK) {
      body.put(SYSTEM, parts);
    } else {
      String name = geminiSystem(body);
      JsonObject system = body.getValue(name) instanceof JsonObject given ? given.copy() : new JsonObject();
      body.put(name, system.put(content, parts));
    }
  }

  private static void systemOf(List<ChatMessage> messages, JsonArray parts) {
    messages.stream().filter(message -> message.role().equals(ChatMessage.SYSTEM)).forEach(m -> parts.add(part(m)));
  }

  private static JsonObject part(ChatMessage message) {
    return new JsonObject().put(TEXT, message.text());
  }

  private JsonArray systemParts(JsonObject body) {
    Object parts = this == BEDROCK
        ? body.getValue(SYSTEM)
        : body.getValue(geminiSystem(body)) instanceof JsonObject system ? system.getValue(content) : null;
    if (parts instanceof JsonObject single) {
      return new JsonArray().add(single);
    }
    return parts instanceof JsonArray list ? list : new JsonArray();
  }

  /** Gemini takes either writing. */
  private static String geminiSystem(JsonObject body) {
    return body.containsKey("system_instruction") ? "system_instruction" : GEMINI_SYSTEM;
  }
}
