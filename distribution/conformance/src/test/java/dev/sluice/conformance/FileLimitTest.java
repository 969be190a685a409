package dev.sluice.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that may open no more files: it waits for some to be closed, and neither dies nor burns. */
class FileLimitTest {

  private static final int LIMIT = 1024;
  private static final Duration WATCHED = Duration.ofSeconds(3);

  @TempDir private Path folder;

  @Test
  void waitsForFilesToBeClosed() throws IOException {
    try (Gateway gateway = Gateway.limited(LIMIT, folder, Map.of())) {
      try (Wire first = Wire.open(gateway.proxyPort())) {
        assertThat(first.get("/").orElseThrow().status()).isEqualTo(404);
        List<Wire> many = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
          many.add(Wire.open(gateway.proxyPort()));
        }
        Await.until(() -> "the limit is met; its log:\n" + gateway.log(), () -> gateway.log().contains("Too many open files"));
        int log = gateway.log().length();
        Duration before = busy(gateway);
        long end = System.nanoTime() + WATCHED.toNanos();
        Await.until(() -> "time passes", () -> System.nanoTime() > end);
        assertThat(busy(gateway).minus(before)).as("processor time while nothing is asked").isLessThan(WATCHED.multipliedBy(2).dividedBy(3));
        assertThat(gateway.log().length() - log).as("what was written meanwhile").isLessThan(100_000);
        for (int i = 0; i < 10; i++) {
          // Who is connected is served as ever.
          assertThat(first.get("/").orElseThrow().status()).isEqualTo(404);
        }
        for (Wire each : many) {
          each.close();
        }
      }
      try (Wire next = Wire.open(gateway.proxyPort())) {
        assertThat(next.get("/").orElseThrow().status()).isEqualTo(404);
      }
    }
  }

  private static Duration busy(Gateway gateway) {
    return gateway.process().toHandle().info().totalCpuDuration().orElseThrow();
  }
}
