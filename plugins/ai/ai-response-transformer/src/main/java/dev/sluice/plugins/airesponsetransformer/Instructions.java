package dev.sluice.plugins.airesponsetransformer;

import dev.sluice.api.request.HeaderText;
import dev.sluice.plugins.ai.llm.LlmException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An answer as a model describes it.
 *
 * @param status the status
 * @param headers those that it sets
 * @param body the whole of it
 */
record Instructions(int status, Map<String, String> headers, Buffer body) {

  private static final String FAILED = "failed to parse JSON response instructions from AI backend: ";
  private static final int OK = 200;
  private static final int LAST = 599;

  /** These are the connection's, whatever a model says. */
  private static final Set<String> LEFT_OUT =
      Set.of("connection", "content-length", "content-encoding", "keep-alive", "transfer-encoding", "trailer", "upgrade");

  static Instructions parse(String text) {
    JsonObject json;
    try {
      json = new JsonObject(text);
    } catch (DecodeException e) {
      throw new LlmException(FAILED + "it is no JSON object");
    }
    int status = json.getValue("status") instanceof Number number ? number.intValue() : OK;
    if (status < OK || status > LAST) {
      throw new LlmException(FAILED + status + " is no status of an answer");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (json.getValue("headers") instanceof JsonObject given) {
      for (Map.Entry<String, Object> line : given) {
        String value = String.valueOf(line.getValue());
        if (!HeaderText.isName(line.getKey()) || !HeaderText.isValue(value)) {
          throw new LlmException(FAILED + "a header that cannot be sent");
        }
        if (!LEFT_OUT.contains(line.getKey().toLowerCase(Locale.ROOT))) {
          headers.put(line.getKey(), value);
        }
      }
    }
    return new Instructions(status, headers, body(json));
  }

  private static Buffer body(JsonObject json) {
    Object body = json.getValue("body");
    if (body instanceof JsonObject object) {
      return object.toBuffer();
    } else if (body instanceof JsonArray list) {
      return list.toBuffer();
    }
    return body == null ? json.toBuffer() : Buffer.buffer(String.valueOf(body));
  }
}
