package dev.sluice.plugins.zipkin;

import dev.sluice.plugins.logging.Queues;
import dev.sluice.plugins.tracing.Format;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

class ZipkinReloadTest extends HotReloadContract {

  private final TestBackend receiver = TestBackend.of(request -> request.response().setStatusCode(202).end());

  @AfterEach
  void close() {
    receiver.close();
  }

  @Override
  protected String plugin() {
    return "zipkin";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Queues.class).library(Format.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("http_endpoint", "http://127.0.0.1:" + receiver.port() + "/api/v2/spans")
        .put("sample_ratio", 0.5)
        .put("queue", new JsonObject().put("max_batch_size", 50).put("max_coalescing_delay", 0.1));
  }
}
