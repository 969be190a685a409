package dev.sluice.plugins.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process with the tests' class path. */
final class ChildJvm implements AutoCloseable {

  private static final String MARK = "> ";

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Runs a main class; what it writes to its standard error is the tests'. */
  static ChildJvm run(Class<?> main, Object... arguments) throws IOException {
    return start(command(main, arguments));
  }

  /** The same below a shell, after a command such as {@code ulimit}. */
  static ChildJvm runAfter(String shell, Class<?> main, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", shell + "; exec \"$0\" \"$@\""));
    command.addAll(command(main, arguments));
    return start(command);
  }

  private static List<String> command(Class<?> main, Object... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  private static ChildJvm start(List<String> command) throws IOException {
    return new ChildJvm(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Says something to the parent; for the child. */
  static void say(String text) {
    System.out.println(MARK + text);
  }

  /** What the child says next, its log messages left out; null at the end. */
  String line() throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith(MARK)) {
      line = output.readLine();
    }
    return line == null ? null : line.substring(MARK.length());
  }

  /** Kills the child; what it said before can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  int exitCode() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the child did not end in 60 s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    exitCode();
  }
}
