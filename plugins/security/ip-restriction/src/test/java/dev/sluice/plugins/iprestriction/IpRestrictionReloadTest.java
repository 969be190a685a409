package dev.sluice.plugins.iprestriction;

import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class IpRestrictionReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "ip-restriction";
  }

  @Override
  protected JsonObject config() {
    return new JsonObject("{\"allow\":[\"127.0.0.0/8\"]}");
  }
}
