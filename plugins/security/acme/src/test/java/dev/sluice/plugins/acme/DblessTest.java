package dev.sluice.plugins.acme;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestRedis;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.MemoryStore;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Gateways without a database keep certificates in the plugin's storage. */
class DblessTest {

  private final TestAuthority authority = new TestAuthority(Clock.systemUTC());
  private TestRedis redis;

  /** A store under the name of none. */
  private static final class NoDatabase implements GatewayPlugin {
    @Override
    public List<StoreFactory> stores() {
      return List.of(MemoryStore.factory("off"));
    }
  }

  @BeforeEach
  void start() {
    redis = TestRedis.begin();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  private TestGateway gateway() {
    TestGateway gateway = TestGateway
        .with(new AcmePlugin((context, storages) -> authority, () -> 80), new EndpointsAlone(), new NoDatabase())
        .setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl")
        .setting("database", "off")
        .start();
    gateway.route("/");
    return gateway;
  }

  private JsonObject config() {
    return AcmeFixture.config("a.test").put("storage", "redis").put(
        "storage_config",
        new JsonObject().put("redis", new JsonObject().put("host", "127.0.0.1").put("port", redis.port())));
  }

  private static boolean shows(TestGateway gateway, String host) {
    return TlsClient.isFor(TlsClient.get(gateway.kernel().port("proxy_listen.1"), host, "/"), host);
  }

  @Test
  void certificatesAreShownFromTheStorageAndFoundAgainAfterAStart() {
    try (TestGateway gateway = gateway()) {
      gateway.plugin("acme", config());
      assertThat(shows(gateway, "a.test")).isFalse();
      Await.until("the certificate", () -> shows(gateway, "a.test"));
      assertThat(Await.result(Rows.all(
          gateway.kernel().entities(), CoreEntities.CERTIFICATES, Optional.empty()))).isEmpty();
      assertThat(gateway
          .admin(HttpMethod.GET, "/acme/certificates", Map.of(), Buffer.buffer())
          .bodyAsJsonObject()
          .getJsonArray("data")).hasSize(1);
    }
    try (TestGateway gateway = gateway()) {
      gateway.plugin("acme", config());
      Await.until("the certificate", () -> shows(gateway, "a.test"));
    }
    assertThat(authority.orders).as("it was ordered once").containsExactly("a.test");
  }
}
