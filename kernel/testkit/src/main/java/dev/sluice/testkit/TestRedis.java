package dev.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Redis on a port of its own, that keeps nothing on disk and can be stopped and started again. It is the
 * machine's, or else one that the module's class path brings: give it {@code com.github.codemonstur:embedded-redis}.
 */
public final class TestRedis implements AutoCloseable {

  private static final Path INSTALLED = Path.of("/usr/bin/redis-server");
  private static final List<String> BROUGHT =
      List.of("/redis-server-6.2.6-v5-linux-amd64", "/redis-server-6.2.7-linux-arm64");

  private final Path folder;
  private final Path binary;
  private final List<String> options;
  private final int port;
  private Process process;

  private TestRedis(String... options) {
    try {
      this.folder = Files.createTempDirectory("sluice-redis");
      this.binary = Files.isExecutable(INSTALLED) ? INSTALLED : unpacked(folder);
      this.options = List.of(options);
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        this.port = free.getLocalPort();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one; the options are those of its command line. */
  public static TestRedis begin(String... options) {
    TestRedis redis = new TestRedis(options);
    redis.start();
    return redis;
  }

  private static Path unpacked(Path folder) throws IOException {
    String wanted = BROUGHT.get(System.getProperty("os.arch").contains("aarch64") ? 1 : 0);
    try (InputStream in = TestRedis.class.getResourceAsStream(wanted)) {
      if (in == null) {
        throw new IllegalStateException("no " + INSTALLED + ", and no embedded-redis on the class path");
      }
      Path unpacked = folder.resolve("redis-server");
      Files.copy(in, unpacked);
      if (!unpacked.toFile().setExecutable(true)) {
        throw new IllegalStateException(unpacked + " cannot be made executable");
      }
      return unpacked;
    }
  }

  /** The port. */
  public int port() {
    return port;
  }

  /** Starts it again at the same port; it remembers nothing. */
  public void start() {
    List<String> command = new ArrayList<>(List.of(
        binary.toString(), "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
        "--dir", folder.toString()));
    command.addAll(options);
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(folder.resolve("log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until("Redis answers", this::answers);
  }

  private boolean answers() {
    try {
      return send("PING").startsWith("+PONG") || send("PING").startsWith("-NOAUTH");
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Sends one command, its words apart by blanks, on a connection of its own; gives back the raw answer. */
  public String send(String command) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      socket.setSoTimeout(1000);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      byte[] answer = new byte[65_536];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it. */
  public void stop() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
