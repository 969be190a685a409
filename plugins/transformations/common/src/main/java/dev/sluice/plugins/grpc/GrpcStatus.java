package dev.sluice.plugins.grpc;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.UpstreamResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a call ended.
 *
 * @param code of gRPC, 0 for success
 * @param message for people, decoded
 */
public record GrpcStatus(int code, String message) {

  private static final int UNKNOWN = 2;

  /** How the call to an upstream ended, once its trailers are known; empty when it has not said. */
  public static Optional<GrpcStatus> of(UpstreamResponse response) {
    return of(response.trailers()).or(() -> of(response.headers()));
  }

  private static Optional<GrpcStatus> of(Headers lines) {
    return lines
        .get("grpc-status")
        .map(status -> new GrpcStatus(code(status), decoded(lines.get("grpc-message").orElse(""))));
  }

  private static int code(String status) {
    try {
      return Integer.parseInt(status.trim());
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }

  private static String decoded(String message) {
    if (message.indexOf('%') < 0) {
      return message;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length());
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      int high = c == '%' && i + 2 < message.length() ? Character.digit(message.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(message.charAt(i + 2), 16);
      if (low >= 0) {
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The status of HTTP that says the same, as Kong's grpc-gateway has it. */
  public int http() {
    return switch (code) {
      case 0 -> 200;
      case 1 -> 499;
      case 3, 9, 11 -> 400;
      case 4 -> 504;
      case 5 -> 404;
      case 6, 10 -> 409;
      case 7 -> 403;
      case 8 -> 429;
      case 14 -> 503;
      case 16 -> 401;
      default -> 500;
    };
  }
}
