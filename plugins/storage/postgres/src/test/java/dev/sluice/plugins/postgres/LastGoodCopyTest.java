package dev.sluice.plugins.postgres;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A node starts without its database from the last good copy (cases ST-01 and ST-03). */
class LastGoodCopyTest {

  private static PostgresServer server;

  @TempDir Path folder;

  private final TestBackend backend = TestBackend.echo();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private Map<String, String> settings;

  @BeforeAll
  static void begin() {
    server = PostgresServer.begin();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @BeforeEach
  void prepare() {
    settings = NodesTest.bootstrap(server, folder);
    logged.start();
    ((Logger) LoggerFactory.getLogger("dev.sluice.kernel.config")).addAppender(logged);
  }

  @AfterEach
  void restore() {
    ((Logger) LoggerFactory.getLogger("dev.sluice.kernel.config")).detachAppender(logged);
    backend.close();
    server.start();
  }

  private TestGateway start() {
    return TestGateway.with(new PostgresPlugin()).settings(settings).folder(folder).start();
  }

  private List<Path> copies() {
    try (Stream<Path> files = Files.list(folder.resolve("node/last-good"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void waitForBoth(Path folder) {
    Await.until(
        "both copies are written",
        () -> Stream.of("copy-1", "copy-2").allMatch(name -> Files.exists(folder.resolve("node/last-good/" + name))));
  }

  /** Serves /first and /second, and stops; the older copy knows the first alone. */
  private void fill() {
    try (TestGateway node = start()) {
      node.route("/first", backend);
      Await.until("a copy is written", () -> Files.exists(folder.resolve("node/last-good/copy-1")));
      node.create(CoreEntities.CONSUMERS, new JsonObject().put("username", "s3cret"));
      waitForBoth(folder);
      JsonObject gone = node.consumer("gone");
      node.route("/second", backend);
      node.delete(CoreEntities.CONSUMERS, gone.getString("id"));
    }
  }

  private String messages() {
    return String.join("\n", List.copyOf(logged.list).stream().map(ILoggingEvent::getFormattedMessage).toList());
  }

  private void serves(TestGateway node, String path, int status) {
    assertThat(node.get(path).statusCode()).as(path).isEqualTo(status);
  }

  private static JsonObject serving(TestGateway node) {
    return node.kernel().node().status().getJsonObject("configuration");
  }

  @Test
  void startsWithoutTheDatabaseAndCatchesUp() throws IOException {
    long begun = System.currentTimeMillis() / 1000;
    fill();
    for (Path copy : copies()) {
      assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    server.kill();
    try (TestGateway node = start()) {
      serves(node, "/first", 200);
      serves(node, "/second", 200);
      assertThat(node.kernel().snapshot().tables().all(CoreEntities.CONSUMERS)).hasSize(1);
      assertThat(NodesTest.reachable(node)).isFalse();
      assertThat(messages()).contains("serves the last good copy");
      JsonObject copy = serving(node);
      assertThat(copy.getString("source")).isEqualTo("last_good_copy");
      assertThat(copy.getLong("revision")).isPositive();
      assertThat(copy.getLong("written_at")).isBetween(begun, copy.getLong("database_lost_at"));
      assertThatThrownBy(() -> node.consumer("nobody")).hasMessageContaining("An unexpected error occurred");

      server.start();
      Await.until("the database is back", () -> NodesTest.reachable(node));
      node.route("/third", backend);
      serves(node, "/third", 200);
      serves(node, "/first", 200);
      Await.until("it says that it serves the database's", () -> !serving(node).containsKey("database_lost_at"));
      assertThat(serving(node).getString("source")).isEqualTo("database");
      assertThat(serving(node).getLong("revision")).isGreaterThan(copy.getLong("revision"));
      assertThat(serving(node).getLong("served_since")).isGreaterThanOrEqualTo(copy.getLong("database_lost_at"));

      server.kill();
      Await.until("it says that the database is lost", () -> serving(node).containsKey("database_lost_at"));
      assertThat(serving(node).getString("source")).isEqualTo("database");
    }
  }

  @Test
  void aFlippedBitIsNamedAndTheOtherCopyServes() throws IOException {
    fill();
    server.kill();
    Path newest = newest();
    byte[] bytes = Files.readAllBytes(newest);
    int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("/first");
    bytes[place + 3] ^= 4;
    Files.write(newest, bytes);
    try (TestGateway node = start()) {
      serves(node, "/first", 200);
      assertThat(messages()).contains(newest + " is damaged: the record at byte ");
    }
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    fill();
    Path copy = newest();
    byte[] whole = Files.readAllBytes(copy);
    for (Path other : copies()) {
      if (!other.equals(copy)) {
        Files.delete(other);
      }
    }
    server.kill();
    for (int place : new int[] {0, 15, 20, whole.length / 2, whole.length - 40, whole.length - 1}) {
      byte[] flipped = whole.clone();
      flipped[place] ^= 1;
      Files.write(copy, flipped);
      assertThatThrownBy(this::start).as("a flipped bit at %d", place).hasMessageContaining("PostgreSQL error");
    }
    for (int length : new int[] {0, 1, 30, whole.length - 1}) {
      Files.write(copy, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::start).as("cut to %d", length).hasMessageContaining("PostgreSQL error");
    }
  }

  @Test
  void doesNotStartWithoutDatabaseAndCopy() {
    server.kill();
    assertThatThrownBy(this::start).hasMessageContaining("PostgreSQL error");
  }

  @Test
  void doesNotStartOnADatabaseWithoutItsLayout() {
    fill();
    settings = server.settings(PostgresServer.newSchema());
    assertThatThrownBy(this::start)
        .hasMessageStartingWith("Database needs bootstrapping or is older than Kong 1.0.")
        .hasMessageContaining("sluice migrations bootstrap");
  }

  private Path newest() {
    return copies().stream()
        .max((one, other) -> {
          try {
            return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .orElseThrow();
  }
}
