package dev.sluice.conformance;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A backend that answers with its name and what it was asked; when a test lets it if {@code ?hold} asks for that, and
 * with so many bytes instead if {@code ?size=} does.
 */
final class Echo implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Queue<String> uris = new ConcurrentLinkedQueue<>();
  private final Promise<Void> released = Promise.promise();
  private final String name;
  private final HttpServer server;

  private Echo(String name, int port) {
    this.name = name;
    this.server = Await.result(vertx.createHttpServer().requestHandler(this::answer).listen(port, "127.0.0.1"));
  }

  static Echo open(String name) {
    return new Echo(name, 0);
  }

  /** Runs a backend as a process of its own: its name and port are the arguments. */
  public static void main(String[] arguments) {
    Echo echo = new Echo(arguments[0], Integer.parseInt(arguments[1]));
    System.out.println(echo.port());
  }

  private void answer(HttpServerRequest request) {
    uris.add(request.uri());
    if (request.params().contains("hold")) {
      released.future().onComplete(now -> write(request));
    } else {
      write(request);
    }
  }

  private void write(HttpServerRequest request) {
    String size = request.getParam("size");
    if (size != null) {
      request.response().end("x".repeat(Integer.parseInt(size)));
      return;
    }
    JsonObject headers = new JsonObject();
    request.headers().forEach((header, value) -> headers.put(header.toLowerCase(Locale.ROOT), value));
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end(
            new JsonObject()
                .put("backend", name)
                .put("method", request.method().name())
                .put("uri", request.uri())
                .put("headers", headers)
                .encode());
  }

  int port() {
    return server.actualPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  /** What it was asked for. */
  Queue<String> uris() {
    return uris;
  }

  /** Answers all that were held. */
  void release() {
    vertx.runOnContext(now -> released.tryComplete());
  }

  @Override
  public void close() {
    Await.result(vertx.close());
  }
}
