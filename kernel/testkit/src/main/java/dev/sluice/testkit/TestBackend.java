package dev.sluice.testkit;

import dev.sluice.api.request.UrlEncoded;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A backend on a port of its own that tells in JSON what it was asked. Query: {@code status=N} answers with N. */
public final class TestBackend implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  private TestBackend(int port, Handler<HttpServerRequest> handler) {
    this.server =
        Await.result(
            vertx
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(handler)
                .listen(port, "127.0.0.1"));
  }

  /** Starts one that echoes. */
  public static TestBackend echo() {
    return new TestBackend(0, TestBackend::answer);
  }

  /** Starts one with a behaviour of the test's. */
  public static TestBackend of(Handler<HttpServerRequest> handler) {
    return new TestBackend(0, handler);
  }

  /** Starts one with a behaviour of the test's at a port that was used before. */
  public static TestBackend at(int port, Handler<HttpServerRequest> handler) {
    return new TestBackend(port, handler);
  }

  /** What {@link #echo} answers. */
  public static void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              JsonObject headers = new JsonObject();
              for (Map.Entry<String, String> line : request.headers()) {
                String name = line.getKey().toLowerCase(Locale.ROOT);
                if (!headers.containsKey(name)) {
                  headers.put(name, new JsonArray());
                }
                headers.getJsonArray(name).add(line.getValue());
              }
              String query = request.query() == null ? "" : request.query();
              String status = UrlEncoded.parse(query).getOrDefault("status", List.of("200")).get(0);
              request
                  .response()
                  .setStatusCode(Integer.parseInt(status))
                  .putHeader("Content-Type", "application/json")
                  .end(
                      new JsonObject()
                          .put("method", request.method().name())
                          .put("uri", request.uri())
                          .put("headers", headers)
                          .put("body", body.toString("ISO-8859-1"))
                          .put("backend", request.localAddress().port())
                          .toBuffer());
            });
  }

  /** The port. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    Await.result(vertx.close());
  }
}
