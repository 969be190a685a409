package dev.sluice.testkit.contract;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Load;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A filter's jar can be replaced again and again while traffic flows through it: no request fails, and every class
 * loader that has served its time is collected. Extend it in the module of the plugin; the jar is made of the module's
 * own classes. {@code -Dsluice.reloads} says how often the jar is replaced.
 */
public abstract class HotReloadContract {

  private static final int RELOADS = Integer.getInteger("sluice.reloads", 20);
  private static final int CONNECTIONS = 8;

  @TempDir private Path folder;

  /** The name of the plugin, and of the filter that it brings. */
  protected abstract String plugin();

  /** The jar: by default the classes of the module whose test runs. */
  protected TestJar jar() {
    return TestJar.ofThisModule(plugin());
  }

  /** A configuration under which every request of the load is let through. */
  protected abstract JsonObject config();

  /** Whether a status is that of a request that was let through. */
  protected boolean good(int status) {
    return status == 200;
  }

  /** Settings of the node. */
  protected Map<String, String> settings() {
    return Map.of();
  }

  /** Creates what else the requests of the load need. */
  protected void prepare(TestGateway gateway) {}

  /** Configures the filter on the route of the load; globally where a filter cannot be had otherwise. */
  protected void configure(TestGateway gateway, JsonObject route) {
    gateway.plugin(plugin(), config(), route);
  }

  /** The headers of each request. */
  protected Map<String, String> headers() {
    return Map.of();
  }

  @Test
  void survivesReloadsUnderLoad() {
    TestJar jar = jar();
    jar.stamped("0").into(folder);
    try (TestGateway gateway = TestGateway.with().settings(settings()).jars(folder).start()) {
      JsonObject route = gateway.route("/reload");
      prepare(gateway);
      configure(gateway, route);
      try (Load load =
          Load.on(
              gateway.proxyPort(), "/reload", headers(), CONNECTIONS, (answer, body) -> good(answer.statusCode()))) {
        load.awaitMore(CONNECTIONS);
        for (int i = 1; i <= RELOADS; i++) {
          long before = gateway.kernel().snapshot().registry().version();
          jar.stamped(String.valueOf(i)).into(folder);
          Await.until("reload " + i, () -> gateway.kernel().snapshot().registry().version() > before);
          load.awaitMore(CONNECTIONS);
        }
        assertThat(load.failed()).as(load.failures()).isZero();
      }
      Await.until("all retired class loaders are collected", () -> collected(gateway));
      assertThat(good(gateway.get("/reload", headers()).statusCode())).isTrue();
    }
  }

  private static boolean collected(TestGateway gateway) {
    System.gc();
    return Await.result(gateway.kernel().uncollectedLoaders()) == 0;
  }
}
