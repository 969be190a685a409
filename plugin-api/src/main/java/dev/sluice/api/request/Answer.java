package dev.sluice.api.request;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An answer that the gateway gives by itself. It passes the header and body filters like any other.
 *
 * @param status the HTTP status, 100 to 599
 * @param body what is sent
 * @param headers further header lines, set over what stands; a name may have several
 */
public record Answer(int status, Body body, List<Map.Entry<String, String>> headers) {

  /** What an answer carries. */
  public sealed interface Body {

    /** A message in the form that the client's Accept header asks for, with the request's id. */
    record Message(String text) implements Body {}

    /** Bytes as they are. An empty content type sends none. */
    record Bytes(String contentType, Buffer content) implements Body {}
  }

  /** Copies the headers. */
  public Answer {
    headers = List.copyOf(headers);
  }

  /** An error in the form that the client asks for: JSON, plain text, HTML or XML. */
  public static Answer error(int status, String message) {
    return new Answer(status, new Body.Message(message), List.of());
  }

  /** A JSON object exactly as given. */
  public static Answer json(int status, JsonObject body) {
    return new Answer(status, new Body.Bytes("application/json; charset=utf-8", body.toBuffer()), List.of());
  }

  /** Bytes exactly as given. */
  public static Answer bytes(int status, String contentType, Buffer body) {
    return new Answer(status, new Body.Bytes(contentType, body), List.of());
  }

  /** A status alone. */
  public static Answer empty(int status) {
    return new Answer(status, new Body.Bytes("", Buffer.buffer()), List.of());
  }

  /** The same answer with one more header line. */
  public Answer header(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new Answer(status, body, more);
  }
}
