package dev.sluice.plugins.ai.llm;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions and configurations for tests. */
final class Said {

  private Said() {}

  static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  static LlmConfig config(String provider, RouteType type, String options) {
    return LlmConfig.decode(new JsonObject()
        .put("route_type", type.wire())
        .put("model", new JsonObject().put("provider", provider).put("name", "m-1").put("options", json(options)))
        .put("logging", new JsonObject().put("log_statistics", false).put("log_payloads", false)));
  }

  static Driver driver(String provider, RouteType type, String options) {
    return Drivers.of(config(provider, type, options), Map.of("AWS_REGION", "eu-west-1"));
  }

  static Ask ask(String provider, RouteType type, String options, boolean stream, String body) {
    return new Ask(type, config(provider, type, options).model(), stream, json(body));
  }

  static Ask chat(String provider, String options, String body) {
    return ask(provider, RouteType.CHAT, options, false, body);
  }

  /** The events that clients see of a stream, given to the reader in pieces of so many bytes. */
  static List<String> stream(Driver driver, Ask ask, Buffer bytes, int piece) {
    StreamReader reader = new StreamReader(driver, ask, true, true);
    Buffer out = Buffer.buffer();
    for (int from = 0; from < bytes.length(); from += piece) {
      out.appendBuffer(reader.more(bytes.getBuffer(from, Math.min(bytes.length(), from + piece)), false));
    }
    out.appendBuffer(reader.more(Buffer.buffer(), true));
    List<String> events = new ArrayList<>();
    for (String line : out.toString().split("\n\n", -1)) {
      if (!line.isEmpty()) {
        events.add(line.substring("data: ".length()));
      }
    }
    return events;
  }

  /** What the events of a stream say together: text, why it ended, usage. */
  record Whole(String text, String finish, JsonObject usage, JsonArray calls, boolean done) {}

  static Whole whole(List<String> events) {
    StringBuilder text = new StringBuilder();
    String finish = "";
    JsonObject usage = new JsonObject();
    JsonArray calls = new JsonArray();
    for (String event : events) {
      if (event.equals("[DONE]")) {
        continue;
      }
      JsonObject json = new JsonObject(event);
      usage = json.getJsonObject("usage", usage);
      JsonObject choice = Pick.first(json, "choices");
      JsonObject delta = Pick.object(choice, "delta");
      text.append(Optional.ofNullable(delta.getString("content")).orElse(choice.getString("text", "")));
      finish = choice.getString("finish_reason") == null ? finish : choice.getString("finish_reason");
      calls.addAll(delta.getJsonArray("tool_calls", new JsonArray()));
    }
    return new Whole(text.toString(), finish, usage, calls, events.get(events.size() - 1).equals("[DONE]"));
  }
}
