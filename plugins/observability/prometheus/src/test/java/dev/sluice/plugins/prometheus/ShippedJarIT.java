package dev.sluice.plugins.prometheus;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.fake.EndpointsAlone;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar as it is shipped has all it needs to tell of the Java machine, and leaves nothing with it when it goes. */
class ShippedJarIT {

  private static final String RUNNING = "sluice_plugin_jars{plugin=\"prometheus\",state=\"running\",version=\"1.%d\"}";

  @TempDir private Path folder;

  @Test
  void whatHasBeenAskedForMetricsIsCollectedToo() {
    TestJar jar = TestJar.shipped();
    jar.attribute("Plugin-Version", "1.0").into(folder);
    try (TestGateway gateway = TestGateway.with(new EndpointsAlone()).jars(folder).start()) {
      for (int i = 0; i < 3; i++) {
        Scraped.await(gateway, RUNNING.formatted(i), 1);
        assertThat(Scraped.of(gateway).value("process_uptime_seconds{application=\"sluice\"}")).isPositive();
        Await.until("event loops are measured", () -> Scraped.of(gateway).value("sluice_event_loop_delay_seconds_count") > 0);
        jar.attribute("Plugin-Version", "1." + (i + 1)).into(folder);
      }
      Scraped.await(gateway, RUNNING.formatted(3), 1);
      Await.until("all retired class loaders are collected", () -> {
        System.gc();
        return Scraped.of(gateway).value("sluice_plugin_class_loaders_uncollected") == 0;
      });
      assertThat(Scraped.of(gateway).values()).doesNotContainKey(RUNNING.formatted(0));
    }
  }
}
