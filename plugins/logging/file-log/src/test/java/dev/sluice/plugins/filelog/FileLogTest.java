package dev.sluice.plugins.filelog;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FileLogTest {

  @TempDir private Path folder;
  private TestGateway gateway;
  private JsonObject route;
  private Path file;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new FileLogPlugin()).start();
    route = gateway.route("/");
    file = folder.resolve("entries.log");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JsonObject configure(JsonObject more) {
    return gateway.plugin("file-log", more.put("path", file.toString()), route);
  }

  private List<JsonObject> entries(Path from) {
    try {
      return Files.exists(from) ? Files.readAllLines(from).stream().map(JsonObject::new).toList() : List.of();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyRequestIsALine() throws IOException {
    Files.writeString(file, "{\"old\":true}\n");
    configure(new JsonObject());
    for (int i = 0; i < 20; i++) {
      gateway.get("/n" + i);
    }
    Await.until("all are written", () -> entries(file).size() == 21);
    assertThat(entries(file).get(0).getBoolean("old")).isTrue();
    assertThat(entries(file).stream().skip(1).map(entry -> entry.getJsonObject("request").getString("uri")))
        .containsExactlyInAnyOrderElementsOf(java.util.stream.IntStream.range(0, 20).mapToObj(i -> "/n" + i).toList());
  }

  @Test
  void theFileMayBeMovedAwayWhenItIsReopened() throws IOException {
    configure(new JsonObject().put("reopen", true));
    gateway.get("/one");
    Await.until("the first is written", () -> entries(file).size() == 1);
    Path moved = folder.resolve("moved.log");
    Files.move(file, moved);
    gateway.get("/two");
    Await.until("the second is written", () -> entries(file).size() == 1);
    assertThat(entries(moved)).hasSize(1);
  }

  @Test
  void withoutThatTheOldFileIsWrittenOn() throws IOException {
    configure(new JsonObject());
    gateway.get("/one");
    Await.until("the first is written", () -> entries(file).size() == 1);
    Path moved = folder.resolve("moved.log");
    Files.move(file, moved);
    gateway.get("/two");
    Await.until("the second is written", () -> entries(moved).size() == 2);
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWrittenHarmsNoRequest() throws IOException {
    configure(new JsonObject());
    Files.createDirectory(file);
    assertThat(gateway.get("/one").statusCode()).isEqualTo(200);
    Files.delete(file);
    Await.until("it works again", () -> {
      gateway.get("/two");
      return !entries(file).isEmpty();
    });
  }

  @Test
  void whatWaitsIsWrittenAtTheEnd() {
    configure(new JsonObject());
    for (int i = 0; i < 50; i++) {
      gateway.get("/");
    }
    gateway.delete(CoreEntities.ROUTES, route.getString("id"));
    gateway.close();
    assertThat(entries(file)).hasSize(50);
    start();
  }

  @Test
  void unusedFilesAreClosed() throws IOException {
    try (LogFiles files = new LogFiles()) {
      files.append(file, false, List.of("a\n"));
      files.closeUnused();
      assertThat(files.count()).isEqualTo(1);
      files.closeUnused();
      assertThat(files.count()).isZero();
      files.append(file, false, List.of("b\n", "c\n"));
      assertThat(Files.readString(file)).isEqualTo("a\nb\nc\n");
    }
  }
}
