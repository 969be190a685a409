package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.StoreException;
import dev.sluice.testkit.contract.PutBuilder;
import dev.sluice.testkit.fake.FakePluginContext;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.sluice.testkit.contract.PutBuilder.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is opened, and what is refused (cases ST-03 and ST-06). */
class OpeningTest {

  @TempDir Path prefix;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = prefix.resolve("sluice.db");
  }

  private void fill(int rows) {
    try (OpenStore store = OpenStore.in(prefix)) {
      for (int i = 0; i < rows; i += 50) {
        var puts = new ArrayList<PutBuilder>();
        for (int n = i; n < i + 50; n++) {
          puts.add(put("row" + n).unique("name", "name-" + n).field("text", "value-" + n + "-".repeat(300)));
        }
        store.commit(puts.toArray(PutBuilder[]::new));
      }
    }
  }

  private void refused(String why) {
    ThrowingCallable opening = () -> OpenStore.in(prefix).close();
    assertThatThrownBy(opening)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }

  private void direct(String... statements) throws SQLException {
    try (Database database = Database.connect(file)) {
      for (String statement : statements) {
        database.execute(statement);
      }
    }
  }

  @Test
  void makesAFileForItsOwnerAlone() throws IOException {
    try (OpenStore store = OpenStore.in(prefix)) {
      store.commit(put("a"));
      for (String name : List.of("sluice.db", "sluice.db-wal", "sluice.db-shm")) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(prefix.resolve(name))))
            .isEqualTo("rw-------");
      }
    }
    assertThat(prefix.resolve("sluice.db-wal")).as("closing leaves one file that holds all").doesNotExist();
    assertThat(prefix.resolve("sqlite")).as("the library's file").doesNotExist();
  }

  @Test
  void pathIsASetting() throws IOException {
    try (FakePluginContext context = new FakePluginContext(prefix)) {
      context.set("sqlite_path", "below/here.db");
      assertThat(Settings.of(context.node()).file()).isEqualTo(prefix.resolve("below/here.db"));
      context.set("sqlite_path", "/elsewhere/x.db");
      assertThat(Settings.of(context.node()).file()).isEqualTo(Path.of("/elsewhere/x.db"));
      context.set("sqlite_path", "below/here.db");
      var store = new SqlitePlugin().stores().get(0).create(context);
      OpenStore.await(store.open());
      OpenStore.await(store.close());
      assertThat(Files.size(prefix.resolve("below/here.db"))).isPositive();
    }
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    try (FakePluginContext context = new FakePluginContext(prefix)) {
      context.set("sqlite_log_revisions", "0");
      assertThatThrownBy(() -> Settings.of(context.node())).hasMessageContaining("sqlite_log_revisions: '0'");
      context.set("sqlite_log_revisions", "10");
      context.set("sqlite_purge_interval", "soon");
      assertThatThrownBy(() -> Settings.of(context.node())).hasMessageContaining("sqlite_purge_interval: 'soon'");
    }
  }

  @Test
  void refusesANewerLayoutAndLeavesItAsItIs() throws Exception {
    fill(50);
    direct("PRAGMA user_version=7");
    byte[] before = Files.readAllBytes(file);
    refused("layout version 7");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    direct("PRAGMA user_version=2");
    OpenStore.in(prefix).close();
  }

  @Test
  void refusesTheDatabaseOfAnotherApplication() throws Exception {
    Files.createFile(file);
    direct("CREATE TABLE bookmarks (url TEXT)");
    byte[] before = Files.readAllBytes(file);
    refused("another application");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void takesTheStepsToANewerLayout() throws Exception {
    fill(50);
    String step = "CREATE TABLE more (x TEXT) STRICT;\nINSERT INTO more\n VALUES ('y');\n";
    Layout next = new Layout(List.of("SELECT never;\n", "SELECT never;\n", step));
    try (OpenStore store = OpenStore.in(prefix, next, Duration.ofSeconds(10))) {
      assertThat(store.find("row7")).isPresent();
    }
    try (Database database = Database.connect(file)) {
      assertThat(database.number("PRAGMA user_version")).isEqualTo(3);
      assertThat(database.any("SELECT 1 FROM more WHERE x = 'y'")).isTrue();
    }
    refused("layout version 3");
  }

  @Test
  void aStepThatFailsChangesNothing() throws Exception {
    fill(50);
    Layout next = new Layout(List.of("SELECT never;\n", "SELECT never;\n", "CREATE TABLE more (x TEXT);\nCREATE TABLE log (x TEXT);\n"));
    assertThatThrownBy(() -> OpenStore.in(prefix, next, Duration.ofSeconds(10)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("layout version 3");
    try (OpenStore store = OpenStore.in(prefix)) {
      assertThat(store.find("row7")).isPresent();
    }
  }

  @Test
  void refusesWhatIsNoDatabase() throws IOException {
    Files.writeString(file, "hello, world\n".repeat(1000));
    refused("not a database");
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    fill(500);
    long size = Files.size(file);
    for (long shorter : List.of(size - 4096, size - 100, size / 2, 5000L, 100L)) {
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(shorter);
      }
      refused("");
    }
  }

  @Test
  void refusesAnEmptiedFileThatHasALog() throws IOException {
    Path copy = Files.createDirectory(prefix.resolve("copy"));
    try (OpenStore store = OpenStore.in(prefix)) {
      store.commit(put("a"));
      Files.copy(prefix.resolve("sluice.db-wal"), copy.resolve("sluice.db-wal"));
    }
    Files.createFile(copy.resolve("sluice.db"));
    assertThatThrownBy(() -> OpenStore.in(copy)).isInstanceOf(StoreException.class).hasMessageContaining("is empty");
    assertThat(Files.size(copy.resolve("sluice.db-wal"))).isPositive();
  }

  @Test
  void refusesAFileWithABrokenPage() throws IOException {
    fill(500);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int page = 1; page < whole.length / 4096; page += 7) {
      byte[] broken = whole.clone();
      byte[] noise = new byte[4096];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, broken, page * 4096, noise.length);
      Files.write(file, broken);
      refused("");
    }
    Files.write(file, whole);
    OpenStore.in(prefix).close();
  }

  @Test
  void refusesAFileOfWhichOneLetterChanged() throws IOException {
    fill(500);
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int changed = 0;
    // In documents, in the log, in unique keys and their indexes.
    for (String needle : List.of("value-123-", "name-321", "row444")) {
      for (int at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
        byte[] broken = whole.clone();
        broken[at + 2] ^= 1;
        Files.write(file, broken);
        refused("");
        changed++;
      }
    }
    assertThat(changed).isGreaterThan(6);
    Files.write(file, whole);
    OpenStore.in(prefix).close();
  }

  @Test
  void damageThatComesLaterIsNoticedWhenItIsRead() throws Exception {
    try (OpenStore store = OpenStore.in(prefix)) {
      store.commit(put("a").field("n", 1), put("b"));
      direct("UPDATE entities SET document = replace(document, ':1', ':2') WHERE id = 'a'");
      assertThatThrownBy(() -> store.find("a"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("things a is damaged");
      assertThat(store.find("b")).isPresent();
    }
  }

  @Test
  void refusesAPlaceThatCannotHoldAFile() throws IOException {
    Files.createDirectory(file);
    refused("");
    Files.delete(file);
    Path occupied = Files.createFile(prefix.resolve("occupied"));
    assertThatThrownBy(() -> OpenStore.in(occupied))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(occupied.resolve("sluice.db").toString());
  }

  @Test
  void openingMayBeTriedAgain() throws IOException {
    Files.writeString(file, "hello, world\n".repeat(1000));
    try (FakePluginContext context = new FakePluginContext(prefix)) {
      var store = new SqlitePlugin().stores().get(0).create(context);
      assertThatThrownBy(() -> OpenStore.await(store.open())).isInstanceOf(StoreException.class);
      assertThat(OpenStore.await(store.reachable())).isFalse();
      Files.delete(file);
      OpenStore.await(store.open());
      assertThat(OpenStore.await(store.reachable())).isTrue();
      OpenStore.await(store.close());
      assertThatThrownBy(() -> OpenStore.await(store.open())).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void oneStoreOfAProcessAtATime() {
    try (OpenStore first = OpenStore.in(prefix)) {
      first.commit(put("a"));
      assertThatThrownBy(() -> OpenStore.in(prefix, Layout.CURRENT, Duration.ofMillis(200)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("still in use");
      first.commit(put("b"));
    }
    try (OpenStore second = OpenStore.in(prefix)) {
      assertThat(second.find("b")).isPresent();
    }
  }
}
