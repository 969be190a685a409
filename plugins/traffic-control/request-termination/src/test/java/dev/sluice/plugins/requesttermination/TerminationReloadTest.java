package dev.sluice.plugins.requesttermination;

import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class TerminationReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "request-termination";
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("echo", true);
  }

  @Override
  protected boolean good(int status) {
    return status == 503;
  }
}
