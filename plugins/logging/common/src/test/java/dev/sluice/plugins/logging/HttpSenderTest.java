package dev.sluice.plugins.logging;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.fake.FakePluginContext;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpSenderTest {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private FakePluginContext lent;
  private int port;

  @BeforeAll
  static void makeCertificate() throws Exception {
    keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
        "san=dns:localhost", "-validity", "3650", "-storetype", "PKCS12");
    keytool("-exportcert", "-alias", "server", "-rfc", "-file", folder.resolve("server.pem").toString());
  }

  private static void keytool(String... arguments) throws Exception {
    ProcessBuilder command = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-J-XX:TieredStopAtLevel=1", "-keystore", folder.resolve("server.p12").toString(), "-storepass", PASSWORD);
    command.command().addAll(List.of(arguments));
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @BeforeEach
  void start() {
    lent = new FakePluginContext(folder);
    HttpServerOptions options = new HttpServerOptions()
        .setSsl(true)
        .setKeyCertOptions(new PfxOptions().setPath(folder.resolve("server.p12").toString()).setPassword(PASSWORD));
    HttpServer server = lent.vertx().createHttpServer(options).requestHandler(request -> request.response().end());
    port = Await.result(server.listen(0, "127.0.0.1")).actualPort();
  }

  @AfterEach
  void stop() {
    lent.close();
  }

  private Future<Void> send(HttpSender sender, String host) {
    HttpTarget to = HttpTarget.of("https://" + host + ":" + port);
    return sender.send(
        new HttpSender.Way("POST", to, MultiMap.caseInsensitiveMultiMap(), 20_000, 60_000), Buffer.buffer("x"));
  }

  @Test
  void theLoggingPluginsAskForNoCertificate() {
    Await.result(send(new HttpSender(lent), "127.0.0.1"));
  }

  @Test
  void aServerThatIsNotTrustedGetsNothing() {
    assertThatThrownBy(() -> Await.result(send(HttpSender.verifying(lent), "localhost")))
        .hasStackTraceContaining("certification path");
  }

  @Test
  void aServerWhoseCertificateIsTrustedIsSentTo() {
    lent.set("lua_ssl_trusted_certificate", folder.resolve("server.pem").toString());
    Await.result(send(HttpSender.verifying(lent), "localhost"));
    assertThatThrownBy(() -> Await.result(send(HttpSender.verifying(lent), "127.0.0.1")))
        .as("the certificate is for another name")
        .isInstanceOf(IllegalStateException.class);
  }
}
