package dev.sluice.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** An {@link Echo} that can be killed: a process of its own. */
final class EchoProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private EchoProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one; it serves when this returns. */
  static EchoProcess open(String name, int port) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Echo.class.getName(),
            name,
            String.valueOf(port));
    try {
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Children.adopt(process.toHandle());
      BufferedReader said = process.inputReader();
      String line = said.readLine();
      while (line != null && !line.matches("\\d+")) {
        line = said.readLine();
      }
      if (line == null) {
        throw new AssertionError("the backend at port " + port + " could not be started");
      }
      return new EchoProcess(process, Integer.parseInt(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    Children.kill(process.toHandle());
  }
}
