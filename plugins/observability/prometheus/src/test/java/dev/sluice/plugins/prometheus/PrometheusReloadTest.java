package dev.sluice.plugins.prometheus;

import dev.sluice.plugins.logging.Queues;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class PrometheusReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "prometheus";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Queues.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("status_code_metrics", true);
  }
}
