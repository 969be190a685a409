package dev.sluice.plugins.datadog;

import dev.sluice.plugins.logging.Queues;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class DatadogReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "datadog";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Queues.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("host", "127.0.0.1").put("port", 9);
  }
}
