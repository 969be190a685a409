package dev.sluice.plugins.redirect;

import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class RedirectReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "redirect";
  }

  @Override
  protected JsonObject config() {
    return new JsonObject("{\"location\":\"http://a.test\"}");
  }

  @Override
  protected boolean good(int status) {
    return status == 301;
  }
}
