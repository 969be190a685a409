package dev.sluice.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a start takes: from the command to the first request that reached a server. */
class StartTimeTest {

  private static final int STARTS = Suite.times(1, 7);

  @TempDir private Path folder;

  @Test
  void servesSoonAfterItsStart() throws IOException {
    Distribution bare = Distribution.built().copy(folder.resolve("bare"));
    Files.deleteIfExists(bare.home().resolve("lib/sluice.jsa"));
    measure("start until the first proxied 200", bare);
    Distribution archived = bare.copy(folder.resolve("archived"));
    assertThat(Command.of(archived).run("archive-classes").code()).isZero();
    assertThat(archived.home().resolve("lib/sluice.jsa")).isNotEmptyFile();
    measure("start until the first proxied 200, classes archived", archived);
  }

  private void measure(String name, Distribution distribution) throws IOException {
    Path prefix = folder.resolve("node-" + distribution.home().getFileName());
    try (Echo echo = Echo.open("echo")) {
      try (Gateway first = Gateway.spawn(distribution, prefix, Map.of()).serving()) {
        first.admin().form("POST", "/services", "name", "service", "url", "http://" + echo.address()).expect(201);
        first.admin().form("POST", "/services/service/routes", "paths[]", "/").expect(201);
        first.terminate();
        first.ended();
      }
      long[] nanos = new long[STARTS];
      for (int i = 0; i < STARTS; i++) {
        try (Gateway gateway = Gateway.spawn(distribution, prefix, Map.of()).serving()) {
          try (Wire wire = Wire.open(gateway.proxyPort())) {
            Optional<Wire.Answer> answer = wire.get("/");
            nanos[i] = System.nanoTime() - gateway.begun();
            assertThat(answer.orElseThrow().status()).isEqualTo(200);
          }
          gateway.terminate();
          gateway.ended();
        }
      }
      Figures.showMillis(name + ", median of " + STARTS, Figures.median(nanos));
      Figures.showMillis(name + ", longest", Arrays.stream(nanos).max().orElseThrow());
    }
  }
}
