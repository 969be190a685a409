package dev.sluice.plugins.postgres;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A node is killed while it writes, to the database and its copies (case ST-02). */
class NodeKillTest {

  private static final int ROUNDS = 3;
  private static final long WRITING_MILLIS = 2500;

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostAndACopyIsWhole() throws IOException {
    try (PostgresServer server = PostgresServer.begin()) {
      Map<String, String> settings = NodesTest.bootstrap(server, folder);
      Set<String> acknowledged = new TreeSet<>();
      for (int round = 0; round < ROUNDS; round++) {
        acknowledged.addAll(writeUntilKilled(settings, round));
        assertThat(consumers(settings)).containsAll(acknowledged);
      }
      assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * 20);
      assertThat(folder.resolve("node/last-good")).isNotEmptyDirectory();

      server.kill();
      assertThat(consumers(settings)).as("in the last good copy").containsAll(acknowledged);
    }
  }

  private Set<String> consumers(Map<String, String> settings) {
    try (TestGateway node = TestGateway.with(new PostgresPlugin()).settings(settings).folder(folder).start()) {
      return node.kernel().snapshot().tables().all(CoreEntities.CONSUMERS).stream()
          .map(Consumer::username)
          .map(name -> name.orElse(""))
          .collect(Collectors.toSet());
    }
  }

  private Set<String> writeUntilKilled(Map<String, String> settings, int round) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"),
                NodeWriter.class.getName(), folder.toString(), Integer.toString(round)));
    settings.forEach((key, value) -> command.addAll(List.of(key, value)));
    Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Set<String> acknowledged = new TreeSet<>();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      long end = Long.MAX_VALUE;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("> ") && line.endsWith(".")) {
          acknowledged.add(line.substring(2, line.length() - 1));
          end = end == Long.MAX_VALUE ? System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WRITING_MILLIS) : end;
        }
        if (System.nanoTime() > end) {
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly();
    }
    return acknowledged;
  }
}
