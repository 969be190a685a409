package dev.sluice.plugins.aiproxy;

import dev.sluice.testkit.TestBackend;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A server that acts as a provider: it keeps what it was asked and answers as the test says. */
final class Provider implements AutoCloseable {

  /** What it was asked. */
  record Asked(String method, String uri, MultiMap headers, Buffer body) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  private final AtomicReference<Asked> asked = new AtomicReference<>();
  private final AtomicReference<Consumer<HttpServerRequest>> answers = new AtomicReference<>();
  private final TestBackend backend = TestBackend.of(request -> request.body().onSuccess(body -> {
    asked.set(new Asked(request.method().name(), request.uri(), request.headers(), body));
    answers.get().accept(request);
  }));

  void says(int status, String type, String body) {
    answers.set(request -> request.response().setStatusCode(status).putHeader("Content-Type", type).end(body));
  }

  void says(JsonObject body) {
    says(200, "application/json", body.encode());
  }

  void does(Consumer<HttpServerRequest> answer) {
    answers.set(answer);
  }

  Asked asked() {
    return asked.get();
  }

  String url() {
    return "http://127.0.0.1:" + backend.port();
  }

  @Override
  public void close() {
    backend.close();
  }
}
