package dev.sluice.plugins.postgres;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.kernel.cli.Main;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar as it is shipped: loaded by the kernel, replaced, and used by the command. */
class ShippedJarIT {

  private static final Path JAR = Path.of(System.getProperty("sluice.plugin.jar", "target/postgres.jar"));
  private static PostgresServer server;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
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
  void prepare() throws IOException {
    settings = server.settings(PostgresServer.newSchema());
    Files.createDirectories(folder.resolve("plugins"));
    Files.copy(JAR, folder.resolve("plugins/postgres.jar"));
    List<String> conf = new ArrayList<>();
    settings.forEach((key, value) -> conf.add(key + " = " + value));
    conf.add("plugins_dir = " + folder.resolve("plugins"));
    conf.add("proxy_listen = off");
    Files.write(folder.resolve("sluice.conf"), conf);
  }

  /** Runs a command; gives back its exit code. */
  private int run(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(
        List.of("-c", folder.resolve("sluice.conf").toString(), "-p", folder.resolve("node").toString()));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), command.toArray(String[]::new));
  }

  @Test
  void holdsNothingThatItShouldNot() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Sluice-Vertx")).matches("4\\.5\\.\\d+");
      List<String> names = jar.stream().map(JarEntry::getName).toList();
      assertThat(names).contains("META-INF/extensions.idx", "dev/sluice/plugins/postgres/001_base.sql");
      assertThat(names)
          .filteredOn(name -> name.endsWith(".class"))
          .allMatch(
              name ->
                  name.matches("(dev/sluice/plugins/postgres|io/vertx/(pg|sql)client|com/ongres/(scram|stringprep|saslprep))/.*"));
    }
  }

  @Test
  void theCommandMigratesOnceAndStartNeedsThat() {
    assertThat(run("migrations", "list")).isEqualTo(3);
    assertThat(run("migrations", "up")).isEqualTo(1);
    assertThat(err.toString()).startsWith("Error: Database needs bootstrapping or is older than Kong 1.0.");
    assertThat(run("migrations", "status")).isZero();
    assertThat(new JsonObject(out.toString()).getBoolean("needs_bootstrap")).isTrue();
    assertThat(run("start")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith(
            """
            Error: Database needs bootstrapping or is older than Kong 1.0.

            To start a new installation from scratch, run 'sluice migrations bootstrap'.""");

    assertThat(run("migrations", "bootstrap")).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "Bootstrapping database...",
            "migrating core on database 'kong'...",
            "core migrated up to: 001_base (executed)",
            "core migrated up to: 002_basis (executed)",
            "core migrated up to: 003_counters (executed)",
            "3 migrations processed",
            "3 executed",
            "Database is up-to-date");
    assertThat(run("migrations", "bootstrap")).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("Database already bootstrapped");
    assertThat(run("migrations", "up")).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("Database is already up-to-date");
    assertThat(run("migrations", "list")).isZero();
    assertThat(run("migrations", "status")).isZero();
    JsonArray executed = new JsonObject(out.toString()).getJsonArray("executed_migrations");
    assertThat(executed.getJsonObject(0).getJsonArray("migrations")).containsExactly("001_base", "002_basis", "003_counters");
  }

  @Test
  void aNewerLayoutIsRefused() {
    assertThat(run("migrations", "bootstrap")).isZero();
    server.sql(
        "kong",
        "INSERT INTO " + Settings.quoted(settings.get("pg_schema"))
            + ".sluice_migrations (number, name) VALUES (99, '099_later')");
    assertThat(run("start")).isEqualTo(1);
    assertThat(err.toString()).contains("has layout 099_later, but this release knows none later than 003_counters");
  }

  @Test
  void generationsReplaceEachOtherAndGo() throws IOException {
    assertThat(run("migrations", "bootstrap")).isZero();
    TestJar jar = TestJar.shipped();
    try (TestGateway node = TestGateway.with().jars(folder.resolve("plugins")).settings(settings).start()) {
      for (int i = 0; i < 5; i++) {
        node.consumer("before" + i);
        jar.stamped(String.valueOf(i)).into(folder.resolve("plugins"));
        long snapshot = node.kernel().snapshot().registry().version();
        Await.until("the new jar serves", () -> node.kernel().snapshot().registry().version() > snapshot);
        node.consumer("after" + i);
      }
      assertThat(node.kernel().snapshot().tables().all(CoreEntities.CONSUMERS)).hasSize(10);
      Await.until(
          "all class loaders but the running one are collected",
          () -> {
            System.gc();
            return Await.result(node.kernel().uncollectedLoaders()) == 0;
          });
    }
  }
}
