package dev.sluice.plugins.acme;

import dev.sluice.plugins.traffic.RedisLink;
import dev.sluice.plugins.traffic.RedisSettings;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestRedis;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Redis. */
class RedisStorageTest extends StorageContract {

  private final Vertx vertx = Vertx.vertx();
  private TestRedis redis;
  private RedisLink link;

  @BeforeEach
  void start() {
    redis = TestRedis.begin();
    link = new RedisLink(vertx, new RedisSettings(
        "127.0.0.1", redis.port(), 5000, Optional.empty(), Optional.empty(), 0, false, false, Optional.empty()));
  }

  @AfterEach
  void stop() {
    link.close();
    Await.result(vertx.close());
    redis.close();
  }

  @Override
  Storage storage() {
    return new RedisStorage(link, "my[*]:", 5);
  }

  @Test
  void namesBeginWithTheNamespace() {
    Await.result(storage().put("a", "one", Storage.FOR_EVER));
    assertThat(redis.send("GET my[*]:a")).contains("one");
    Await.result(new RedisStorage(link, "", 5).put("my1:b", "x", Storage.FOR_EVER));
    assertThat(Await.result(storage().keys(""))).containsExactly("a");
  }
}
