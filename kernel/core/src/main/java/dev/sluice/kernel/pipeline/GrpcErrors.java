package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.Answer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** The gateway's own answers to calls of gRPC, whose clients read a status of their own and no body. */
final class GrpcErrors {

  private static final String TYPE = "application/grpc";

  private GrpcErrors() {}

  /** Whether the client speaks gRPC. */
  static boolean concern(Exchange exchange) {
    if (exchange.serverRequest().version() != HttpVersion.HTTP_2) {
      return false;
    }
    String type = exchange.serverRequest().headers().get(HeaderNames.CONTENT_TYPE);
    return type != null
        && type.startsWith(TYPE)
        && (type.length() == TYPE.length() || type.charAt(TYPE.length()) == '+' || type.charAt(TYPE.length()) == ';');
  }

  /** Says in the head what the body would have said. The answer's own lines are added after these and win. */
  static void head(Answer answer, MultiMap lines) {
    lines.set(HeaderNames.CONTENT_TYPE, TYPE);
    lines.set("grpc-status", Integer.toString(status(answer.status())));
    String message =
        answer.body() instanceof Answer.Body.Message given
            ? given.text()
            : message((Answer.Body.Bytes) answer.body());
    if (!message.isEmpty()) {
      lines.set("grpc-message", encoded(message));
    }
  }

  private static String message(Answer.Body.Bytes body) {
    if (!body.contentType().startsWith("application/json")) {
      return body.contentType().startsWith("text/plain") ? body.content().toString() : "";
    }
    try {
      return new JsonObject(body.content()).getValue("message") instanceof String text ? text : "";
    } catch (DecodeException e) {
      return "";
    }
  }

  /** As gRPC writes a message in a header: what is not printable ASCII, and the percent sign, in hexadecimal. */
  private static String encoded(String message) {
    StringBuilder encoded = new StringBuilder(message.length());
    for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b < 127 && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(String.format("%02X", b));
      }
    }
    return encoded.toString();
  }

  /** The code of google.rpc that stands for a status of HTTP. */
  private static int status(int http) {
    return switch (http) {
      case 200 -> 0;
      case 499 -> 1;
      case 400 -> 3;
      case 504 -> 4;
      case 404 -> 5;
      case 409 -> 6;
      case 403 -> 7;
      case 429 -> 8;
      case 501 -> 12;
      case 500 -> 13;
      case 502, 503 -> 14;
      case 401 -> 16;
      default -> 2;
    };
  }
}
