package dev.sluice.plugins.responseratelimiting;

import dev.sluice.plugins.traffic.Policy;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.RedisReloadContract;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Redis;

/** Generations come and go with their connections to Redis. */
class QuotaReloadTest extends RedisReloadContract {

  @Override
  protected String plugin() {
    return "response-ratelimiting";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Policy.class).library(Redis.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("policy", "redis")
        .put("limits", new JsonObject().put("a", new JsonObject().put("minute", 1_000_000)))
        .put("fault_tolerant", false)
        .put("redis", redis());
  }
}
