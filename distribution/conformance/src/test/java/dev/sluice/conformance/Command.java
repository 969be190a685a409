package dev.sluice.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command {@code sluice} of a distribution, with settings by the environment. */
final class Command {

  /** Ports that the system chooses, on the loopback interface; and no work beside that of the test. */
  static final Map<String, String> ANY_PORTS =
      Map.of(
          "proxy_listen", "127.0.0.1:0",
          "admin_listen", "127.0.0.1:0",
          "admin_gui_listen", "127.0.0.1:0",
          "status_listen", "127.0.0.1:0",
          "archive_classes", "off");

  private final Distribution distribution;
  private final Map<String, String> settings = new HashMap<>(ANY_PORTS);

  /**
   * What a command has said.
   *
   * @param code the exit code
   */
  record Said(int code, String out, String err) {}

  private Command(Distribution distribution) {
    this.distribution = distribution;
  }

  static Command of(Distribution distribution) {
    return new Command(distribution);
  }

  /** Sets settings; those set to nothing are left to their defaults. */
  Command set(Map<String, String> more) {
    settings.putAll(more);
    settings.values().removeIf(String::isEmpty);
    return this;
  }

  /** Without any setting: as a user's shell is before anything is set. */
  Command plain() {
    settings.clear();
    return this;
  }

  ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>(List.of(distribution.command().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SLUICE_") || name.startsWith("KONG_"));
    environment.remove("JAVA_OPTS");
    settings.forEach((name, value) -> environment.put("SLUICE_" + name.toUpperCase(Locale.ROOT), value));
    return builder;
  }

  /** Runs a command to its end. */
  Said run(String... arguments) {
    try {
      Path out = Files.createTempFile("sluice", ".out");
      Path err = Files.createTempFile("sluice", ".err");
      try {
        Process process = process(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        Children.adopt(process.toHandle());
        if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          Children.kill(process.toHandle());
          throw new AssertionError("no end of: sluice " + String.join(" ", arguments));
        }
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
