package dev.sluice.kernel.pipeline;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** Bodies of the gateway's own errors, in the form that the client asks for, as Kong writes them. */
final class ErrorBodies {

  private static final String JSON = "application/json";
  private static final String PLAIN = "text/plain";
  private static final String HTML = "text/html";
  private static final String XML = "application/xml";
  private static final String GRPC = "application/grpc";

  private static final Map<String, String> TEMPLATES =
      Map.of(
          JSON, "{\n  \"message\":\"%s\",\n  \"request_id\":\"%s\"\n}",
          PLAIN, "%s\nrequest_id: %s\n",
          XML,
              """
              <?xml version="1.0" encoding="UTF-8"?>
              <error>
                <message>%s</message>
                <requestid>%s</requestid>
              </error>
              """,
          HTML,
              """
              <!doctype html>
              <html>
                <head>
                  <meta charset="utf-8">
                  <title>Error</title>
                </head>
                <body>
                  <h1>Error</h1>
                  <p>%s.</p>
                  <p>request_id: %s</p>
                </body>
              </html>
              """);

  private final NodeSettings settings;

  ErrorBodies(NodeSettings settings) {
    this.settings = settings;
  }

  /**
   * A rendered error.
   *
   * @param contentType with its charset
   * @param content the body
   */
  record Rendered(String contentType, Buffer content) {}

  /** An error of the gateway or of a plugin: JSON unless Accept asks for another form. */
  Rendered ofGateway(MultiMap headers, String message, String requestId) {
    String accept = headers.get(HeaderNames.ACCEPT);
    if (accept != null && accept.startsWith(GRPC)) {
      return new Rendered("", Buffer.buffer());
    }
    return render(accept == null ? JSON : negotiate(accept).orElse(JSON), message, requestId);
  }

  /** An error below the plugins, such as a bad request or a broken upstream: plain text by default. */
  Rendered ofProxy(MultiMap headers, String message, String requestId) {
    String accept = headers.get(HeaderNames.ACCEPT);
    String contentType = headers.get(HeaderNames.CONTENT_TYPE);
    String asked = accept == null ? contentType : accept;
    if (asked != null && asked.startsWith(GRPC)) {
      return new Rendered(JSON + "; charset=utf-8", new JsonObject().put("message", message).toBuffer());
    }
    if (accept != null) {
      return render(negotiate(accept).orElse(JSON), message, requestId);
    }
    String form = contentType == null ? settings.errorDefaultType() : negotiate(contentType).orElse(JSON);
    return render(form, message, requestId);
  }

  private Rendered render(String form, String message, String requestId) {
    String template = settings.errorTemplates().getOrDefault(form, TEMPLATES.get(form));
    String text = form.equals(HTML) || form.equals(XML) ? escape(message) : message;
    return new Rendered(form + "; charset=utf-8", Buffer.buffer(fill(template, text, requestId)));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Fills the first two {@code %s}; a template of the user's may have fewer. */
  private static String fill(String template, String message, String requestId) {
    int first = template.indexOf("%s");
    if (first < 0) {
      return template;
    }
    int second = template.indexOf("%s", first + 2);
    String head = template.substring(0, first) + message;
    return second < 0
        ? head + template.substring(first + 2)
        : head + template.substring(first + 2, second) + requestId + template.substring(second + 2);
  }

  /** The form with the highest weight; the first of equals. */
  private static Optional<String> negotiate(String accept) {
    String best = null;
    double bestWeight = -1;
    for (String entry : accept.split(",", -1)) {
      String[] parts = entry.split(";", -1);
      double weight = weight(parts);
      if (weight > bestWeight) {
        String form = form(parts[0].trim());
        if (form != null) {
          best = form;
          bestWeight = weight;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 1;
        }
      }
    }
    return 1;
  }

  private static String form(String mediaType) {
    return switch (mediaType) {
      case JSON, "application/*", "*/*" -> JSON;
      case PLAIN, "text/*" -> PLAIN;
      case HTML -> HTML;
      case XML -> XML;
      default -> null;
    };
  }

  /** The text that goes with a status when nothing else is said. */
  static String text(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 408 -> "Request timeout";
      case 411 -> "Length required";
      case 412 -> "Precondition failed";
      case 413 -> "Payload too large";
      case 414 -> "URI too long";
      case 417 -> "Expectation failed";
      case 431, 494 -> "Request header or cookie too large";
      case 500 -> "An unexpected error occurred";
      case 502 -> "An invalid response was received from the upstream server";
      case 503 -> "The upstream server is currently unavailable";
      case 504 -> "The upstream server is timing out";
      default -> "The upstream server responded with " + status;
    };
  }
}
