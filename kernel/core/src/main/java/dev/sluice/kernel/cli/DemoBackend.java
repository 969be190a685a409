package dev.sluice.kernel.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backend to show the gateway with: it answers who it is and what it was asked, and fails as often as it is told to:
 * {@code POST /fail/30} makes 30 of 100 requests end with 500. Lives on one event loop.
 */
final class DemoBackend {

  private static final Pattern FAIL = Pattern.compile("/fail/([0-9]{1,2}|100)");
  private static final int ALL = 100;
  private static final int FAILED = 500;

  private final int port;
  private int percent;
  private int owed;

  private DemoBackend(int port) {
    this.port = port;
  }

  /** Opens one at a port of the loopback interface, or at any that is free. */
  static Future<HttpServer> open(Vertx vertx, int port) {
    return vertx
        .createHttpServer()
        .requestHandler(new DemoBackend(port)::answer)
        .listen(port, "127.0.0.1")
        .recover(cause -> Future.failedFuture("port " + port + " is taken (" + cause.getMessage() + ")"));
  }

  private void answer(HttpServerRequest request) {
    JsonObject answer = new JsonObject().put("backend", port);
    Matcher told = FAIL.matcher(request.path());
    if (told.matches() && request.method().equals(HttpMethod.POST)) {
      percent = Integer.parseInt(told.group(1));
      end(request, answer.put("fails", percent + " %"));
      return;
    }
    owed += percent;
    if (owed >= ALL) {
      owed -= ALL;
      request.response().setStatusCode(FAILED);
    }
    end(request, answer.put("method", request.method().name()).put("uri", request.uri()));
  }

  private static void end(HttpServerRequest request, JsonObject answer) {
    request.response().putHeader("Content-Type", "application/json").end(answer.encode() + "\n");
  }
}
