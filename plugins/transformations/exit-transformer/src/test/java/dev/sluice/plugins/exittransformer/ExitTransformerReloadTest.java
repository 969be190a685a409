package dev.sluice.plugins.exittransformer;

import com.google.re2j.Pattern;
import dev.sluice.plugins.logging.EntityJson;
import dev.sluice.plugins.serverless.lua.ExitFactory;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.luaj.vm2.LuaClosure;

class ExitTransformerReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "exit-transformer";
  }

  @Override
  protected TestJar jar() {
    return super.jar()
        .library(ExitFactory.class)
        .library(EntityJson.class)
        .library(LuaClosure.class)
        .library(Pattern.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("functions", new JsonArray().add("return function(status, body, headers) return status, body, headers end"));
  }
}
