package dev.sluice.plugins.proxycache;

import com.github.benmanes.caffeine.cache.Cache;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ProxyCacheReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "proxy-cache";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Cache.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("strategy", "memory").put("content_type", new JsonArray().add("application/json"));
  }
}
