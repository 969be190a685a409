package dev.sluice.plugins.requestsizelimiting;

import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class RequestSizeLimitingReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "request-size-limiting";
  }

  @Override
  protected JsonObject config() {
    return new JsonObject("{\"allowed_payload_size\":1}");
  }
}
