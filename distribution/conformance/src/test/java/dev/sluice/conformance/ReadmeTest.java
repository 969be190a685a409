package dev.sluice.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Does what the README's walkthrough says, word for word, with curl. A comment behind a command is what it answers: a
 * status and a text, or a text in JSON, or one line; any other comment is for people, and the command must succeed.
 */
class ReadmeTest {

  private static final Pattern COMMAND = Pattern.compile("(.*?)(?:\\s+# (.*))?");
  private static final Pattern PORT = Pattern.compile("800[01]|990[12]");
  private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2}) (.*)");
  private static final Pattern CLEANING = Pattern.compile("`(for e in [^`]*)`");

  @TempDir private Path folder;

  private Map<String, Integer> ports;

  @Test
  void theWalkthroughIsTrue() throws IOException {
    String curl = curl();
    assumeThat(curl).as("where curl is").isNotEmpty();
    String readme = Files.readString(Path.of("../../README.md"));
    String walk = readme.substring(readme.indexOf("## Walk through it"), readme.indexOf("## The command"));
    int[] backends = freePorts();
    try (Gateway gateway =
        Gateway.start(folder, Map.of(), "--demo", "--demo-ports", backends[0] + "," + backends[1])) {
      Await.until(
          () -> "the demo is there; the log:\n" + gateway.log(),
          () -> gateway.log().contains("demo: backends at"));
      ports = Map.of(
          "8000", gateway.proxyPort(),
          "8001", gateway.port("admin_listen.0"),
          "9901", backends[0],
          "9902", backends[1]);
      Path shim = shim(curl);
      Matcher cleaning = CLEANING.matcher(walk);
      assertThat(cleaning.find()).isTrue();
      run(shim, cleaning.group(1));
      List<String> commands = commands(walk);
      assertThat(commands).hasSizeGreaterThan(20);
      for (String line : commands) {
        Matcher command = COMMAND.matcher(line);
        assertThat(command.matches()).isTrue();
        String comment = command.group(2) == null ? "" : mapped(command.group(2));
        if (comment.startsWith("\"")) {
          // The gateway does some things by itself, a moment later.
          Await.until(line, () -> run(shim, command.group(1)).out().contains(comment));
        } else {
          check(line, run(shim, command.group(1)), comment);
        }
      }
    }
  }

  /**
   * What a command has written.
   *
   * @param statuses of the answers, each on a line
   */
  private record Said(String out, String statuses) {}

  private static void check(String line, Said said, String comment) {
    Matcher status = STATUS.matcher(comment);
    if (status.matches()) {
      assertThat(said.statuses().strip()).as(line).isEqualTo(status.group(1));
      assertThat(said.out()).as(line).contains(status.group(2));
      return;
    }
    if (!line.contains(" -w ")) {
      assertThat(said.statuses().lines()).as("%s%n%s", line, said.out()).isNotEmpty().allMatch(each -> each.startsWith("2"));
    }
    if (comment.startsWith("{")) {
      assertThat(said.out()).as(line).contains(comment);
    } else if (comment.startsWith("one line")) {
      assertThat(said.out().lines()).as(line).hasSize(1);
    }
  }

  /** The commands of indented blocks, each on one line. */
  private static List<String> commands(String walk) {
    List<String> commands = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    for (String line : walk.lines().filter(each -> each.startsWith("    ")).toList()) {
      command.append(line.strip());
      if (command.charAt(command.length() - 1) == '\\') {
        command.setLength(command.length() - 1);
      } else {
        commands.add(command.toString());
        command.setLength(0);
      }
    }
    return commands;
  }

  private String mapped(String text) {
    return PORT.matcher(text).replaceAll(found -> String.valueOf(ports.get(found.group())));
  }

  /** Runs a command in a shell whose curl tells the status of each answer. */
  private Said run(Path shim, String command) {
    try {
      return said(shim, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Said said(Path shim, String command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path statuses = Files.writeString(folder.resolve("statuses"), "");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", mapped(command));
    builder.environment().put("PATH", shim + ":" + System.getenv("PATH"));
    builder.environment().put("STATUSES", statuses.toString());
    Process shell = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    Children.adopt(shell.toHandle());
    assertThat(shell.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    assertThat(shell.exitValue()).as("%s%n%s", command, Files.readString(out)).isZero();
    return new Said(Files.readString(out), Files.readString(statuses));
  }

  private Path shim(String curl) throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    String script = "#!/bin/sh\nexec " + curl + " -sS -w '%{stderr}%{http_code}\\n' \"$@\" 2>>\"$STATUSES\"\n";
    Files.setPosixFilePermissions(
        Files.writeString(bin.resolve("curl"), script), PosixFilePermissions.fromString("rwx------"));
    return bin;
  }

  private static String curl() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(part -> Path.of(part, "curl"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse("");
  }

  /** Two that the system had to give away a moment ago. */
  private static int[] freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    }
  }
}
