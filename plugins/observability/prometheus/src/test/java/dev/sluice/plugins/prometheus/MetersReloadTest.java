package dev.sluice.plugins.prometheus;

import dev.sluice.plugins.logging.Queues;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A jar that has told of the Java machine leaves nothing with it when it goes. */
class MetersReloadTest {

  private static final String RUNNING = "sluice_plugin_jars{plugin=\"prometheus\",state=\"running\",version=\"1.%d\"}";

  @TempDir private Path folder;

  private static TestJar jar() {
    TestJar jar = TestJar.ofThisModule("prometheus").library(Queues.class);
    for (Class<?> library : new Class<?>[] {
      KeyValue.class, Meter.class, PrometheusMeterRegistry.class, PrometheusProperties.class, Histogram.class,
      PrometheusTextFormatWriter.class, PrometheusRegistry.class, SpanContext.class}) {
      jar.library(library);
    }
    return jar;
  }

  @Test
  void whatHasBeenAskedForMetricsIsCollectedToo() {
    TestJar jar = jar();
    jar.attribute("Plugin-Version", "1.0").into(folder);
    try (TestGateway gateway = TestGateway.with(new EndpointsAlone()).jars(folder).start()) {
      for (int i = 0; i < 3; i++) {
        Scraped.await(gateway, RUNNING.formatted(i), 1);
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
