package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A conversation taken out of OpenAI's form.
 *
 * @param system what the rules are
 * @param turns what both sides have said; nobody speaks twice in a row
 */
record Conversation(String system, List<Turn> turns) {

  private static final String CONTENT = "content";
  private static final String BASE64 = ";base64,";

  /**
   * What one side says.
   *
   * @param model whether it is the model
   * @param parts in order
   */
  record Turn(boolean model, List<Part> parts) {

    /** The text alone. */
    String text(String provider) {
      StringJoiner all = new StringJoiner("\n");
      for (Part part : parts) {
        if (!(part instanceof Text text)) {
          throw new LlmException("messages for the " + provider + " provider can hold nothing but text");
        }
        all.add(text.text());
      }
      return all.toString();
    }
  }

  /** A part of what is said. */
  sealed interface Part {}

  /** A text. */
  record Text(String text) implements Part {}

  /**
   * A picture.
   *
   * @param type its media type; empty for one that is elsewhere
   * @param data in Base64, or where it is
   */
  record Image(String type, String data) implements Part {
    boolean inline() {
      return !type.isEmpty();
    }
  }

  /** A wish to call a function. */
  record Call(String id, String name, JsonObject arguments) implements Part {}

  /** What a function has said. */
  record Result(String id, String name, String text) implements Part {}

  /** A function that may be called. */
  record Tool(String name, Optional<String> description, JsonObject parameters) {}

  static Conversation of(JsonObject body) {
    StringJoiner system = new StringJoiner("\n");
    List<Turn> turns = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (JsonObject message : Pick.objects(body, "messages")) {
      String role = Pick.text(message, "role").orElse("user");
      List<Part> parts = parts(message, role, names);
      if (role.equals("system") || role.equals("developer")) {
        system.add(new Turn(false, parts).text("configured"));
      } else if (!parts.isEmpty()) {
        say(turns, role.equals("assistant"), parts);
      }
    }
    return new Conversation(system.toString(), turns);
  }

  private static void say(List<Turn> turns, boolean model, List<Part> parts) {
    Turn last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
    if (last != null && last.model() == model) {
      last.parts().addAll(parts);
    } else {
      turns.add(new Turn(model, parts));
    }
  }

  private static List<Part> parts(JsonObject message, String role, Map<String, String> names) {
    List<Part> parts = new ArrayList<>();
    if (role.equals("tool")) {
      String id = Pick.text(message, "tool_call_id").orElse("");
      List<Part> said = content(message);
      parts.add(new Result(id, names.getOrDefault(id, id), new Turn(false, said).text("configured")));
      return parts;
    }
    parts.addAll(content(message));
    for (JsonObject call : Pick.objects(message, "tool_calls")) {
      JsonObject function = Pick.object(call, "function");
      String id = Pick.text(call, "id").orElse("");
      String name = Pick.text(function, "name").orElse("");
      names.put(id, name);
      parts.add(new Call(id, name, arguments(Pick.text(function, "arguments").orElse(""))));
    }
    return parts;
  }

  private static JsonObject arguments(String text) {
    try {
      return text.isBlank() ? new JsonObject() : new JsonObject(text);
    } catch (DecodeException e) {
      throw new LlmException("the arguments of a call are no JSON object");
    }
  }

  private static List<Part> content(JsonObject message) {
    List<Part> parts = new ArrayList<>();
    if (message.getValue(CONTENT) instanceof JsonArray) {
      for (JsonObject part : Pick.objects(message, CONTENT)) {
        parts.add(part(part));
      }
    } else {
      Pick.text(message, CONTENT).filter(text -> !text.isEmpty()).ifPresent(text -> parts.add(new Text(text)));
    }
    return parts;
  }

  private static Part part(JsonObject part) {
    String type = Pick.text(part, "type").orElse("text");
    if (type.equals("text")) {
      return new Text(Pick.text(part, "text").orElse(""));
    }
    String url = Pick.text(Pick.object(part, "image_url"), "url").orElse("");
    if (!type.equals("image_url") || url.isEmpty()) {
      throw new LlmException("a part of type " + type + " cannot be translated");
    }
    int base64 = url.indexOf(BASE64);
    return url.startsWith("data:") && base64 > 0
        ? new Image(url.substring("data:".length(), base64), url.substring(base64 + BASE64.length()))
        : new Image("", url);
  }

  /** The functions that may be called. */
  static List<Tool> tools(JsonObject body) {
    List<Tool> tools = new ArrayList<>();
    for (JsonObject tool : Pick.objects(body, "tools")) {
      JsonObject function = Pick.object(tool, "function");
      JsonObject parameters = Pick.object(function, "parameters");
      tools.add(new Tool(
          Pick.text(function, "name").orElseThrow(() -> new LlmException("a tool that is no function")),
          Pick.text(function, "description"),
          parameters.isEmpty() ? new JsonObject().put("type", "object") : parameters));
    }
    return tools;
  }

  /** Refuses functions, for providers to whom they cannot be described. */
  static void withoutTools(Ask ask) {
    if (!Pick.objects(ask.body(), "tools").isEmpty()) {
      throw new LlmException("tools are not supported for the " + ask.model().provider() + " provider");
    }
  }
}
