package dev.sluice.plugins.responsetransformer;

import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class TransformerReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "response-transformer";
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("add", new JsonObject().put("json", new JsonArray().add("a:1")));
  }
}
