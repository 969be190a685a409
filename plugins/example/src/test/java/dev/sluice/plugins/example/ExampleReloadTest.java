package dev.sluice.plugins.example;

import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class ExampleReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "example";
  }

  @Override
  protected JsonObject config() {
    return new JsonObject();
  }
}
