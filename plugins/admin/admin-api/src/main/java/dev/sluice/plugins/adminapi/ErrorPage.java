package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page that Kong's web server puts in the place of a refusal without a body: its clients are used to it. */
final class ErrorPage {

  private static final Map<Integer, String> REASONS =
      Map.of(
          400, "Bad Request",
          404, "Not Found",
          405, "Not Allowed",
          415, "Unsupported Media Type",
          500, "Internal Server Error",
          503, "Service Temporarily Unavailable");

  private ErrorPage() {}

  /** The answer, with a page when it refuses without a word. */
  static AdminResponse fill(AdminResponse answer) {
    String reason = REASONS.get(answer.status());
    if (reason == null || answer.body().length() > 0) {
      return answer;
    }
    String title = answer.status() + " " + reason;
    String page =
        String.join(
            "\r\n",
            "<html>",
            "<head><title>" + title + "</title></head>",
            "<body>",
            "<center><h1>" + title + "</h1></center>",
            "</body>",
            "</html>",
            "");
    List<Map.Entry<String, String>> headers = new ArrayList<>(answer.headers());
    headers.add(Map.entry("Content-Type", "text/html; charset=UTF-8"));
    return new AdminResponse(answer.status(), headers, Buffer.buffer(page));
  }
}
