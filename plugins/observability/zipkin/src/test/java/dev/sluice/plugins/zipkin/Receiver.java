package dev.sluice.plugins.zipkin;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans as Zipkin does. */
final class Receiver implements AutoCloseable {

  private final List<JsonObject> spans = new CopyOnWriteArrayList<>();
  private final List<JsonArray> batches = new CopyOnWriteArrayList<>();
  private final List<HttpServerRequest> heads = new CopyOnWriteArrayList<>();
  private final TestBackend server = TestBackend.of(this::take);

  private void take(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      heads.add(request);
      JsonArray batch = new JsonArray(body);
      batches.add(batch);
      for (int i = 0; i < batch.size(); i++) {
        spans.add(batch.getJsonObject(i));
      }
      request.response().setStatusCode(202).end();
    });
  }

  String url() {
    return "http://127.0.0.1:" + server.port() + "/api/v2/spans";
  }

  List<HttpServerRequest> heads() {
    return heads;
  }

  List<JsonArray> batches() {
    return batches;
  }

  /** All spans, once there are so many. */
  List<JsonObject> spans(int count) {
    Await.until(count + " spans have arrived", () -> spans.size() >= count);
    return List.copyOf(spans);
  }

  /** The span of that name, once there are so many spans. */
  JsonObject span(int count, String name) {
    return spans(count).stream()
        .filter(span -> span.getString("name").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + spans));
  }

  @Override
  public void close() {
    server.close();
  }
}
