package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.plugins.traffic.Policy;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.RedisReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Redis;

/** Generations come and go with their connections to Redis. */
class AdvancedReloadTest extends RedisReloadContract {

  @Override
  protected String plugin() {
    return "rate-limiting-advanced";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Policy.class).library(Redis.class);
  }

  @Override
  protected void prepare(TestGateway gateway) {
    JsonObject route = gateway.route("/synced");
    gateway.plugin(plugin(), config().put("sync_rate", 0.05), route);
    gateway.get("/synced");
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("strategy", "redis")
        .put("sync_rate", 0)
        .put("limit", new JsonArray().add(1_000_000))
        .put("window_size", new JsonArray().add(60))
        .put("redis", redis());
  }
}
