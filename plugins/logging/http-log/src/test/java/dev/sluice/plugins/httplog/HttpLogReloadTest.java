package dev.sluice.plugins.httplog;

import dev.sluice.plugins.logging.Queues;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

class HttpLogReloadTest extends HotReloadContract {

  private final TestBackend server = TestBackend.of(request -> request.response().end());

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected String plugin() {
    return "http-log";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Queues.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("http_endpoint", "http://127.0.0.1:" + server.port())
        .put("queue", new JsonObject().put("max_batch_size", 20).put("max_coalescing_delay", 0.1));
  }
}
