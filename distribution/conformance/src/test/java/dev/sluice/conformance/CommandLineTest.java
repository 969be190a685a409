package dev.sluice.conformance;

import dev.sluice.conformance.Command.Said;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The command {@code sluice}: its texts, and its exit codes 0 for done, 1 for failed, 2 for not understood. */
class CommandLineTest {

  private static final String HINT = "\n\n  Run with --v (verbose) or --vv (debug) for more details\n";

  @TempDir private Path folder;

  private static Command sluice() {
    return Command.of(Distribution.built());
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  @Test
  void tellsItsVersion() {
    Said plain = sluice().run("version");
    assertThat(plain.code()).isZero();
    assertThat(plain.out()).matches("\\d+\\.\\d+\\.\\d+\n");
    assertThat(plain.err()).isEmpty();

    Said all = sluice().run("version", "-a");
    assertThat(all.out())
        .startsWith("Sluice: " + plain.out())
        .containsPattern("\nKong compatibility: 3\\.9\\.3\nPlugin API: \\d+\\.\\d+\nJava: 1?\\d");
  }

  @Test
  void saysNothingOfAnArchiveThatDoesNotFit() throws IOException {
    Distribution copy = Distribution.built().copy(folder.resolve("copy"));
    assertThat(Command.of(copy).run("archive-classes").code()).isZero();
    // As after an upgrade: the archive was made for jars that have changed since.
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(copy.home().resolve("lib"), "*.jar")) {
      for (Path jar : jars) {
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
      }
    }
    Said said = Command.of(copy).run("version");
    assertThat(said.out()).matches("\\d+\\.\\d+\\.\\d+\n");
    assertThat(said.err()).isEmpty();
  }

  /** As when a service stops while it archives: the script is ended, and the JVM writes what it has before it goes. */
  @Test
  void leavesNoArchiveThatWasNotToBe() throws Exception {
    Path home = folder.resolve("home");
    Path script = Files.createDirectories(home.resolve("bin")).resolve("sluice");
    Files.copy(Distribution.built().command(), script, StandardCopyOption.COPY_ATTRIBUTES);
    Path lib = Files.createDirectory(home.resolve("lib"));
    Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        for option; do
          case $option in -XX:ArchiveClassesAtExit=*) file=${option#*=} ;; esac
        done
        touch "$JAVA_HOME/begun"
        while [ ! -e "$JAVA_HOME/go" ]; do sleep 0.02; done
        touch "$file" "$JAVA_HOME/written"
        exit 143
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    ProcessBuilder command = new ProcessBuilder(script.toString(), "archive-classes");
    command.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    Process process = command.start();
    Await.until(() -> "the JVM runs", () -> Files.exists(home.resolve("jdk/begun")));
    process.destroy();
    Files.createFile(home.resolve("jdk/go"));
    Await.until(() -> "the JVM has written", () -> Files.exists(home.resolve("jdk/written")));
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(lib).isEmptyDirectory();
  }

  @Test
  void tellsWhatItDoesNotUnderstand() {
    Said usage = sluice().run("--help");
    assertThat(usage.code()).isZero();
    assertThat(usage.out())
        .contains("start", "stop", "reload", "check", "version", "health", "archive-classes");

    Said command = sluice().run("begin");
    assertThat(command.code()).isEqualTo(2);
    assertThat(command.err()).startsWith("Unmatched argument at index 0: 'begin'");
  }

  @Test
  void checksAFile() throws IOException {
    Path good = file("good.conf", "# a comment", "log_level = info # another", "proxy_listen = 127.0.0.1:0 ssl");
    Said valid = sluice().plain().run("check", good.toString());
    assertThat(valid.code()).isZero();
    assertThat(valid.out()).isEqualTo("configuration at " + good + " is valid\n");
    assertThat(valid.err()).isEmpty();

    Path odd = file("odd.conf", "colour = red");
    Said warned = sluice().plain().run("check", odd.toString());
    assertThat(warned.code()).isZero();
    assertThat(warned.err()).isEqualTo("Warning: unknown setting 'colour' in " + odd + " is ignored\n");

    Said shipped = sluice().plain().run("check", Distribution.built().home().resolve("conf/sluice.conf").toString());
    assertThat(shipped.code()).isZero();
    assertThat(shipped.err()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Map<String, String> wrong =
        Map.of(
            "database = mysql", "database has an invalid value: 'mysql' (sqlite, postgres, off)",
            "drain_timeout = soon", "drain_timeout is not a number: 'soon'",
            "headers = x-nonsense", "headers: invalid entry 'x-nonsense'");
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      Said said = sluice().plain().run("check", file("wrong.conf", each.getKey()).toString());
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err()).isEqualTo("Error: " + each.getValue() + HINT);
      assertThat(said.out()).isEmpty();
    }
    Path missing = folder.resolve("missing.conf");
    Said said = sluice().run("check", missing.toString());
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).isEqualTo("Error: no file at: " + missing + HINT);
  }

  @Test
  void doesNotStartWithAWrongSetting() {
    Path prefix = folder.resolve("wrong");
    for (String[] how : new String[][] {{"start"}, {"start", "--background"}}) {
      Said said = sluice().set(Map.of("prefix", prefix.toString(), "proxy_listen", "everywhere")).run(how);
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err()).startsWith("Error: proxy_listen must be of form: [off] | <ip>:<port> ");
      assertThat(prefix).as("the working directory").doesNotExist();
    }
  }

  @Test
  void startsInTheBackgroundReloadsAndStops() throws IOException {
    String prefix = folder.resolve("node").toString();
    Path conf = file("node.conf", "log_level = info", "colour = red");
    Said started = sluice().run("start", "--background", "-p", prefix, "-c", conf.toString());
    JsonObject state = Gateway.state(Path.of(prefix)).orElseThrow();
    ProcessHandle node = Children.adopt(ProcessHandle.of(state.getLong("pid")).orElseThrow());
    try {
      Path log = Path.of(prefix, "logs", "sluice.log");
      assertThat(started).isEqualTo(new Said(0, "Sluice started, process " + node.pid() + ", log " + log + "\n", ""));
      assertThat(log).content().contains("unknown setting 'colour' in " + conf + " is ignored");

      assertThat(sluice().run("health", "-p", prefix))
          .isEqualTo(new Said(0, "Sluice is healthy at " + prefix + "\n", ""));

      Said second = sluice().run("start", "-p", prefix);
      assertThat(second).isEqualTo(new Said(1, "", "Error: Sluice is already running in " + prefix + HINT));
      assertThat(node.isAlive()).isTrue();

      reloads(prefix, conf, state.getJsonObject("ports"));
      assertThat(sluice().run("stop", "-p", prefix)).isEqualTo(new Said(0, "Sluice stopped\n", ""));
      assertThat(node.isAlive()).isFalse();
    } finally {
      Children.kill(node);
    }
    notRunning(prefix);
  }

  private void reloads(String prefix, Path conf, JsonObject ports) throws IOException {
    Http proxy = Http.at(ports.getInteger("proxy_listen.0"));
    assertThat(proxy.get("/").header("Server")).isEqualTo("kong/3.9.3");
    file("node.conf", "headers = off", "drain_timeout = 5");
    assertThat(sluice().run("reload", "-p", prefix, "-c", conf.toString()))
        .isEqualTo(new Said(0, "Sluice reloaded; with the next start: drain_timeout\n", ""));
    assertThat(proxy.get("/").header("Server")).isEmpty();

    file("node.conf", "log_level = loud");
    Said failed = sluice().run("reload", "-p", prefix);
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).startsWith("Error: log_level has an invalid value: 'loud' (debug, info,");
    assertThat(proxy.get("/").status()).isEqualTo(404);
  }

  @Test
  void namesThePortThatIsTaken() {
    try (Gateway other = Gateway.start(folder.resolve("other"), Map.of())) {
      String taken = "127.0.0.1:" + other.proxyPort();
      Said said = sluice().set(Map.of("proxy_listen", taken)).run("start", "-p", folder.resolve("node").toString());
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err()).contains("Error: Sluice could not start: cannot listen at " + taken + ": ");
    }
  }

  private static void notRunning(String prefix) {
    String message = "Error: Sluice is not running at " + prefix;
    for (String command : new String[] {"health", "stop", "reload"}) {
      Said said = sluice().run(command, "-p", prefix);
      assertThat(said.code()).as(command).isEqualTo(1);
      assertThat(said.err()).as(command).startsWith(message);
    }
  }

  @Test
  void startsAgainWhereItWasKilled() throws IOException {
    Path prefix = folder.resolve("killed");
    try (Gateway first = Gateway.start(prefix, Map.of())) {
      first.admin().form("POST", "/services", "name", "kept", "url", "http://127.0.0.1:1").expect(201);
      first.kill();
    }
    // By now the process id may be that of anybody: of this test, for instance.
    Path left = prefix.resolve("sluice.pid");
    JsonObject state = new JsonObject(Files.readString(left)).put("pid", ProcessHandle.current().pid());
    Files.writeString(left, state.encode());
    notRunning(prefix.toString());
    try (Gateway second = Gateway.start(prefix, Map.of())) {
      assertThat(second.admin().get("/services/kept").status()).isEqualTo(200);
    }
  }
}
