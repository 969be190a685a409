package dev.sluice.plugins.responseratelimiting;

import dev.sluice.plugins.traffic.Policy;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.TestRedis;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Redis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Generations come and go with their connections to Redis. */
class QuotaReloadTest extends HotReloadContract {

  private TestRedis redis;

  @BeforeEach
  void startRedis() {
    redis = TestRedis.begin();
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  @Override
  protected String plugin() {
    return "response-ratelimiting";
  }

  @Override
  protected TestJar jar() {
    String version = VertxOptions.class.getPackage().getImplementationVersion();
    return super.jar()
        .library(Policy.class)
        .library(Redis.class)
        .attribute("Sluice-Vertx", version == null ? System.getProperty("sluice.vertx") : version);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("policy", "redis")
        .put("limits", new JsonObject().put("a", new JsonObject().put("minute", 1_000_000)))
        .put("fault_tolerant", false)
        .put("redis", new JsonObject().put("host", "127.0.0.1").put("port", redis.port()));
  }
}
