package dev.sluice.plugins.ratelimiting;

import dev.sluice.plugins.traffic.Policy;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.RedisReloadContract;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Redis;

/** Generations come and go with their connections to Redis. */
class RateLimitingReloadTest extends RedisReloadContract {

  @Override
  protected String plugin() {
    return "rate-limiting";
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
        .put("policy", "redis")
        .put("minute", 1_000_000)
        .put("fault_tolerant", false)
        .put("redis", redis());
  }
}
