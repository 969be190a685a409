package dev.sluice.plugins.hmacauth;

import dev.sluice.api.request.ClientRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a signature is made of. */
final class SignedRequest {

  private SignedRequest() {}

  /** The text that a client signs: a line for each header, by the names that it gives. */
  static String text(ClientRequest request, List<String> headers) {
    List<String> lines = new ArrayList<>(headers.size());
    for (String header : headers) {
      lines.add(line(request, header));
    }
    return String.join("\n", lines);
  }

  private static String line(ClientRequest request, String header) {
    if (header.equalsIgnoreCase("host") && !request.host().isEmpty()) {
      return header + ": " + request.host();
    }
    return request.headers().get(header).map(value -> header + ": " + value).orElseGet(() -> special(request, header));
  }

  private static String special(ClientRequest request, String header) {
    return switch (header) {
      case "@request-target" ->
          header + ": " + request.method().toLowerCase(Locale.ROOT) + " " + request.rawTarget();
      case "request-line" -> request.method() + " " + request.rawTarget() + " " + version(request.version());
      default -> header + ":";
    };
  }

  private static String version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2.0";
    };
  }
}
