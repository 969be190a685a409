package dev.sluice.plugins.correlationid;

import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class CorrelationIdReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "correlation-id";
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("echo_downstream", true);
  }
}
