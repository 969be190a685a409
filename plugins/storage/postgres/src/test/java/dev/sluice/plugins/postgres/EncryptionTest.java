package dev.sluice.plugins.postgres;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.fake.FakePluginContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Connections to a server that encrypts, or does not. */
class EncryptionTest {

  private static final String SESSION = "SELECT ssl, coalesce(version, '') FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

  @TempDir static Path folder;

  private static PostgresServer server;
  private static Path own;
  private static Path other;

  @BeforeAll
  static void begin() throws IOException {
    TestCertificate certificate = TestCertificate.of(folder, "localhost", "EC");
    server = PostgresServer.begin(certificate);
    own = Files.writeString(folder.resolve("own.pem"), certificate.cert());
    other = Files.writeString(folder.resolve("other.pem"), TestCertificate.of(folder, "localhost", "EC").cert());
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /** Whether a session of a node with these settings is encrypted, and how. */
  private static String session(Map<String, String> settings) {
    return session(settings, SESSION);
  }

  private static String session(Map<String, String> settings, String question) {
    try (FakePluginContext context = new FakePluginContext(folder)) {
      server.settings("public").forEach(context::set);
      context.set("pg_host", "localhost");
      settings.forEach(context::set);
      try (Client client = new Client(context, Settings.of(context.node()))) {
        Row row = Await.result(client.query(question, Tuple.tuple())).iterator().next();
        return row.getBoolean(0) ? row.getString(1) : "plain";
      }
    }
  }

  @Test
  void isEncryptedWhenItIsToBe() {
    server.encrypt(true);
    assertThat(session(Map.of())).isEqualTo("plain");
    assertThat(session(Map.of("pg_ssl", "on"))).isEqualTo("TLSv1.3");
    assertThat(session(Map.of("pg_ssl", "on", "pg_ssl_version", "tlsv1_2"))).isEqualTo("TLSv1.2");
    assertThat(session(Map.of("pg_ssl", "on", "pg_ssl_required", "off"))).isEqualTo("TLSv1.3");
    assertThatThrownBy(() -> session(Map.of("pg_ssl", "on", "pg_ssl_version", "tlsv1")))
        .hasMessage("pg_ssl_version has an invalid value: 'tlsv1' (tlsv1_2, tlsv1_3, any)");
  }

  @Test
  void aServerThatDoesNotEncryptIsRefusedUnlessTheSettingsLetIt() {
    server.encrypt(false);
    assertThatThrownBy(() -> session(Map.of("pg_ssl", "on"))).hasStackTraceContaining("SSL");
    assertThatThrownBy(() -> session(Map.of("pg_ssl", "on", "pg_ssl_required", "on")))
        .hasStackTraceContaining("SSL");
    assertThat(session(Map.of("pg_ssl", "on", "pg_ssl_required", "off"))).isEqualTo("plain");
    Map<String, String> verified =
        Map.of(
            "pg_ssl", "on", "pg_ssl_required", "off", "pg_ssl_verify", "on",
            "lua_ssl_trusted_certificate", own.toString());
    assertThatThrownBy(() -> session(verified)).hasStackTraceContaining("SSL");
  }

  private static Map<String, String> verified(String trusted) {
    return Map.of("pg_ssl", "on", "pg_ssl_verify", "on", "lua_ssl_trusted_certificate", trusted);
  }

  @Test
  void onlyATrustedCertificateIsTaken() {
    server.encrypt(true);
    assertThat(session(verified(own.toString()))).isEqualTo("TLSv1.3");
    assertThat(session(verified("system, " + other + "," + own))).isEqualTo("TLSv1.3");
    for (String untrusting : new String[] {"system", other.toString(), "system," + other}) {
      assertThatThrownBy(() -> session(verified(untrusting)))
          .as(untrusting)
          .hasMessageContaining("SSL handshake failed");
    }
    assertThatThrownBy(() -> session(verified(folder.resolve("missing.pem").toString())))
        .hasMessageContaining("missing.pem");
  }

  @Test
  void aServerThatAsksIsShownACertificate() throws IOException {
    server.encrypt(true);
    TestCertificate client = TestCertificate.of(folder, "node.test", "RSA");
    server.askFor(client.cert());
    String asked = "SELECT ssl, coalesce(client_dn, '') FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    assertThat(session(Map.of("pg_ssl", "on"), asked)).isEmpty();
    Path cert = Files.writeString(folder.resolve("client.pem"), client.cert());
    Path key = Files.writeString(folder.resolve("client.key"), client.key());
    Map<String, String> files =
        Map.of("pg_ssl", "on", "pg_ssl_cert", cert.toString(), "pg_ssl_cert_key", key.toString());
    assertThat(session(files, asked)).isEqualTo("/CN=node.test");
    Map<String, String> texts = Map.of("pg_ssl", "on", "pg_ssl_cert", client.cert(), "pg_ssl_cert_key", client.key());
    assertThat(session(texts, asked)).isEqualTo("/CN=node.test");
    assertThatThrownBy(() -> session(Map.of("pg_ssl", "on", "pg_ssl_cert", cert.toString())))
        .hasMessage("pg_ssl_cert_key must be specified");
  }

  @Test
  void aTrustedCertificateOfAnotherNameIsRefused() {
    server.encrypt(true);
    Map<String, String> byAddress =
        Map.of(
            "pg_ssl", "on", "pg_ssl_verify", "on", "lua_ssl_trusted_certificate", own.toString(),
            "pg_host", "127.0.0.1");
    assertThatThrownBy(() -> session(byAddress)).hasMessageContaining("SSL handshake failed");
  }
}
