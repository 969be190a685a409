package dev.sluice.plugins.requesttermination;

import java.util.Map;
import java.util.Optional;

/** What goes with a status when the configuration says nothing: three tables, since Kong's answers come of three. */
final class StatusTexts {

  /** Messages of the plugin itself. */
  private static final Map<Integer, String> MESSAGES = Map.of(
      401, "Unauthorized",
      404, "Not found",
      405, "Method not allowed",
      500, "An unexpected error occurred",
      502, "Bad Gateway",
      503, "Service unavailable");

  /** Statuses that the gateway below has an error of its own for. */
  private static final Map<Integer, String> ERRORS = Map.of(
      400, "Bad request",
      408, "Request timeout",
      411, "Length required",
      412, "Precondition failed",
      413, "Payload too large",
      414, "URI too long",
      417, "Expectation failed",
      494, "Request header or cookie too large",
      504, "The upstream server is timing out");

  /** Statuses for which nginx sends a page. */
  private static final Map<Integer, String> PAGES = Map.ofEntries(
      Map.entry(301, "Moved Permanently"),
      Map.entry(302, "Found"),
      Map.entry(303, "See Other"),
      Map.entry(307, "Temporary Redirect"),
      Map.entry(308, "Permanent Redirect"),
      Map.entry(402, "Payment Required"),
      Map.entry(403, "Forbidden"),
      Map.entry(406, "Not Acceptable"),
      Map.entry(409, "Conflict"),
      Map.entry(410, "Gone"),
      Map.entry(415, "Unsupported Media Type"),
      Map.entry(416, "Requested Range Not Satisfiable"),
      Map.entry(421, "Misdirected Request"),
      Map.entry(429, "Too Many Requests"),
      Map.entry(501, "Not Implemented"),
      Map.entry(505, "HTTP Version Not Supported"),
      Map.entry(507, "Insufficient Storage"));

  private StatusTexts() {}

  static Optional<String> message(int status) {
    return Optional.ofNullable(MESSAGES.get(status));
  }

  static Optional<String> error(int status) {
    return Optional.ofNullable(ERRORS.get(status));
  }

  static Optional<String> page(int status) {
    return Optional.ofNullable(PAGES.get(status)).map(reason -> page(status + " " + reason));
  }

  private static String page(String line) {
    return "<html>\r\n<head><title>" + line + "</title></head>\r\n<body>\r\n<center><h1>" + line
        + "</h1></center>\r\n</body>\r\n</html>\r\n";
  }
}
