package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.plugins.traffic.Policy;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.TestRedis;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Redis;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Generations come and go with their connections to Redis. */
class AdvancedReloadTest extends HotReloadContract {

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
    return "rate-limiting-advanced";
  }

  @Override
  protected TestJar jar() {
    String version = VertxOptions.class.getPackage().getImplementationVersion();
    TestJar jar = super.jar();
    List.of(Policy.class, Redis.class).forEach(jar::library);
    return jar
        .attribute("Sluice-Vertx", version == null ? System.getProperty("sluice.vertx") : version);
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
        .put("redis", new JsonObject().put("host", "127.0.0.1").put("port", redis.port()));
  }
}
