package dev.sluice.api.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An answer of an administrative listener.
 *
 * @param status the HTTP status
 * @param headers lines, in order
 * @param body may be empty
 */
public record AdminResponse(int status, List<Map.Entry<String, String>> headers, Buffer body) {

  /** Copies the headers. */
  public AdminResponse {
    headers = List.copyOf(headers);
  }

  /** JSON. */
  public static AdminResponse json(int status, JsonObject body) {
    return new AdminResponse(
        status, List.of(Map.entry("Content-Type", "application/json; charset=utf-8")), body.toBuffer());
  }

  /** A message in Kong's form. */
  public static AdminResponse message(int status, String message) {
    return json(status, new JsonObject().put("message", message));
  }

  /** Nothing but a status. */
  public static AdminResponse empty(int status) {
    return new AdminResponse(status, List.of(), Buffer.buffer());
  }

  /** The same answer with one more header line. */
  public AdminResponse header(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new AdminResponse(status, more, body);
  }
}
