package dev.sluice.plugins.postgres;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL on a port of its own, that can be killed, frozen and brought back. It refuses to run as root, so
 * root runs it as {@code nobody}.
 */
final class PostgresServer implements AutoCloseable {

  private static final String USER = "kong";
  private static final String PASSWORD = "se cr'et";
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path folder;
  private final Path binaries;
  private final int port;
  private final Vertx vertx = Vertx.vertx();
  private Process process;

  private PostgresServer(Optional<TestCertificate> certificate) throws IOException {
    folder = Files.createTempDirectory("sluice-postgres");
    binaries = Files.createDirectory(folder.resolve("server"));
    unpack();
    Path data = Files.createDirectory(folder.resolve("data"));
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    if (ROOT) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (Path owned : List.of(data, password)) {
        Files.setOwner(owned, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
      }
    }
    port = freePort();
    Process initdb =
        run("initdb", "-D", data.toString(), "-U", USER, "-A", "scram-sha-256", "--pwfile=" + password, "-E", "UTF8",
            "--locale=C", "--no-sync");
    if (waitFor(initdb) != 0) {
      throw new IOException("initdb failed: " + log());
    }
    if (certificate.isPresent()) {
      secret(data.resolve("server.crt"), certificate.get().cert());
      secret(data.resolve("server.key"), certificate.get().key());
    }
    start();
    sql("CREATE DATABASE kong");
  }

  /** Starts one; its database is called {@code kong}. */
  static PostgresServer begin() {
    return begin(Optional.empty());
  }

  /** Starts one that can encrypt connections, see {@link #encrypt}. */
  static PostgresServer begin(TestCertificate certificate) {
    return begin(Optional.of(certificate));
  }

  private static PostgresServer begin(Optional<TestCertificate> certificate) {
    try {
      return new PostgresServer(certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void secret(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    if (ROOT) {
      Files.setOwner(file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }
  }

  private void unpack() throws IOException {
    try (InputStream packed = PostgresServer.class.getResourceAsStream("/postgres-linux-x86_64.txz");
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = binaries.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(file.getParent());
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(tar, file);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  /** Starts it, again after {@link #kill}, and waits until it answers. */
  void start() {
    Await.until(
        "PostgreSQL answers",
        () -> {
          try {
            if (process == null || !process.isAlive()) {
              process =
                  run("postgres", "-D", folder.resolve("data").toString(), "-p", Integer.toString(port), "-h",
                      "127.0.0.1", "-k", "", "-c", "fsync=off", "-c", "max_connections=60");
            }
            return answers();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private boolean answers() {
    try {
      Await.result(PgConnection.connect(vertx, options("postgres")).compose(PgConnection::close));
      return true;
    } catch (RuntimeException | AssertionError e) {
      return false;
    }
  }

  private PgConnectOptions options(String database) {
    return new PgConnectOptions()
        .setHost("127.0.0.1").setPort(port).setUser(USER).setPassword(PASSWORD).setDatabase(database);
  }

  /** Runs a statement in the database {@code postgres}. */
  RowSet<Row> sql(String statement) {
    return sql("postgres", statement);
  }

  RowSet<Row> sql(String database, String statement) {
    return Await.result(
        PgConnection.connect(vertx, options(database))
            .compose(made -> made.query(statement).execute().eventually(() -> made.close())));
  }

  /** Has it offer encrypted connections beside others, or no longer. */
  void encrypt(boolean offered) {
    String wanted = offered ? "on" : "off";
    sql("ALTER SYSTEM SET ssl = " + wanted);
    sql("SELECT pg_reload_conf()");
    Await.until(
        "ssl is " + wanted, () -> sql("SHOW ssl").iterator().next().getString(0).equals(wanted));
  }

  /** Has it ask clients for their certificates, and know one of them. */
  void askFor(String certificate) {
    Path known = folder.resolve("known.crt");
    try {
      secret(known, certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sql("ALTER SYSTEM SET ssl_ca_file = '" + known + "'");
    sql("SELECT pg_reload_conf()");
    Await.until(
        "it asks for certificates",
        () -> sql("SHOW ssl_ca_file").iterator().next().getString(0).equals(known.toString()));
  }

  /** Kills it, as a machine dies. */
  void kill() {
    process.toHandle().destroyForcibly();
    waitFor(process);
  }

  /** Has it hold its connections open and answer nothing, or go on. */
  void freeze(boolean frozen) {
    List<String> all = new ArrayList<>(List.of("kill", frozen ? "-STOP" : "-CONT", Long.toString(process.pid())));
    process.toHandle().descendants().forEach(each -> all.add(Long.toString(each.pid())));
    try {
      waitFor(new ProcessBuilder(all).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int waitFor(Process child) {
    try {
      if (!child.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("no end after 60 s");
      }
      return child.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Settings of a node that uses this server. */
  Map<String, String> settings(String schema) {
    return Map.of(
        "database", "postgres",
        "pg_host", "127.0.0.1",
        "pg_port", Integer.toString(port),
        "pg_user", USER,
        "pg_password", PASSWORD,
        "pg_database", "kong",
        "pg_schema", schema);
  }

  /** The name of a schema that nobody has used. */
  static String newSchema() {
    return "s \"" + SCHEMAS.incrementAndGet();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      freeze(false);
      kill();
    }
    Await.result(vertx.close());
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
