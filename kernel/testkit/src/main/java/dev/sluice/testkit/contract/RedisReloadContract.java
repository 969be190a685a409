package dev.sluice.testkit.contract;

import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.TestRedis;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract for a filter that keeps numbers in Redis: generations come and go with their connections to it. */
public abstract class RedisReloadContract extends HotReloadContract {

  private TestRedis redis;

  @BeforeEach
  void startRedis() {
    redis = TestRedis.begin();
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  /** The classes of the module; add the libraries that it brings. */
  @Override
  protected TestJar jar() {
    return super.jar().withInsides();
  }

  /** Where the Redis of the test is, in the form of a configuration. */
  protected final JsonObject redis() {
    return new JsonObject().put("host", "127.0.0.1").put("port", redis.port());
  }
}
