package dev.sluice.plugins.requesttransformer;

import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class TransformerReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "request-transformer";
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("add", new JsonObject().put("headers", new JsonArray().add("x-a:$(headers.host)")));
  }
}
