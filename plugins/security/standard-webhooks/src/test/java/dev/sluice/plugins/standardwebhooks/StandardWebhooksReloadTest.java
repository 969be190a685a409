package dev.sluice.plugins.standardwebhooks;

import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class StandardWebhooksReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "standard-webhooks";
  }

  @Override
  protected JsonObject config() {
    return new JsonObject("{\"secret_v1\":\"s\"}");
  }

  @Override
  protected boolean good(int status) {
    return status == 400;
  }
}
