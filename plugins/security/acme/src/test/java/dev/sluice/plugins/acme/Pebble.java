package dev.sluice.plugins.acme;

import dev.sluice.testkit.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A real authority for tests, with a folder of its own. See {@code src/test/sh/pebble.sh}. */
final class Pebble implements AutoCloseable {

  static final String EAB_ID = "kid-1";
  static final String EAB_KEY = "c2x1aWNlLXNsdWljZS1zbHVpY2Utc2x1aWNlLXNsdWljZS1zbHVpY2U";

  private static final long BUILD_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Path folder;
  private final int port = freePort();
  private final int managementPort = freePort();
  private final Process process;

  private Pebble(Path folder, int challengePort, String names, boolean externalAccounts) throws IOException {
    this.folder = folder;
    Issued own = TestAuthority.issue("localhost", TestAuthority.begin(), Duration.ofDays(10));
    Path certificate = Files.writeString(folder.resolve("pebble.pem"), own.certificate());
    Path key = Files.writeString(folder.resolve("pebble.key"), own.key());
    JsonObject settings = new JsonObject()
        .put("listenAddress", "127.0.0.1:" + port)
        .put("managementListenAddress", "127.0.0.1:" + managementPort)
        .put("certificate", certificate.toString())
        .put("privateKey", key.toString())
        .put("httpPort", challengePort)
        .put("tlsPort", 1)
        .put("externalAccountBindingRequired", externalAccounts)
        .put("externalAccountMACKeys", new JsonObject().put(EAB_ID, EAB_KEY));
    Path config =
        Files.writeString(folder.resolve("pebble.json"), new JsonObject().put("pebble", settings).encode());
    ProcessBuilder builder = new ProcessBuilder(
        binary().toString(), "-config", config.toString(), "-dnsserver", names)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("pebble.log").toFile());
    builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
    builder.environment().put("PEBBLE_ALTERNATE_ROOTS", "1");
    this.process = builder.start();
    Await.until("Pebble listens", () -> listens(port) && listens(managementPort));
  }

  /** Waits for the binary, which may still be being built, or skips the test. */
  static Path binary() {
    String given = System.getProperty("sluice.pebble", "");
    Assumptions.assumeFalse(given.isEmpty(), "-Dsluice.pebble names no Pebble");
    Path binary = Path.of(given);
    Path failed = Path.of(given + ".failed");
    long deadline = System.nanoTime() + BUILD_NANOS;
    while (!Files.isExecutable(binary)) {
      Assumptions.assumeFalse(Files.exists(failed), "Pebble could not be built");
      Assumptions.assumeTrue(System.nanoTime() < deadline, binary + " is not there");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    return binary;
  }

  static Pebble start(Path folder, int challengePort, String names, boolean externalAccounts) {
    try {
      return new Pebble(folder, challengePort, names, externalAccounts);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the certificate is to be that it is trusted by. */
  static Path trusted(Path folder) {
    return folder.resolve("trusted.pem");
  }

  String directory() {
    return "https://localhost:" + port + "/dir";
  }

  int managementPort() {
    return managementPort;
  }

  String log() {
    try {
      return Files.readString(folder.resolve("pebble.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
