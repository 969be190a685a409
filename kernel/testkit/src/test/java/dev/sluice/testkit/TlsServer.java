package dev.sluice.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;

/** A server over TLS that tells the server name it was asked for and the common name of the client's certificate. */
final class TlsServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * Starts one.
   *
   * @param clients who signs the certificates that clients must have; empty to ask for none
   */
  TlsServer(TestCertificate certificate, Optional<String> clients) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setSni(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificate.cert()))
                    .addKeyValue(Buffer.buffer(certificate.key())));
    clients.ifPresent(
        authority ->
            options
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority))));
    this.server =
        Await.result(
            vertx
                .createHttpServer(options)
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(TlsServer::answer)
                .listen(0, "127.0.0.1"));
  }

  /** A bare socket that shows a certificate, on a port of its own. */
  static SSLServerSocket socket(TestCertificate certificate) throws Exception {
    PemKeyCertOptions options =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(certificate.cert()))
            .addKeyValue(Buffer.buffer(certificate.key()));
    Vertx vertx = Vertx.vertx();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(options.getKeyManagerFactory(vertx).getKeyManagers(), null, null);
      return (SSLServerSocket)
          context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } finally {
      Await.result(vertx.close());
    }
  }

  private static void answer(HttpServerRequest request) {
    if (request.headers().contains("Sec-WebSocket-Key")) {
      request.toWebSocket().onSuccess(socket -> socket.writeTextMessage(client(request)));
    } else {
      request.response().end(request.connection().indicatedServerName() + " " + client(request));
    }
  }

  private static String client(HttpServerRequest request) {
    try {
      X509Certificate shown = (X509Certificate) request.sslSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName().replace("CN=", "");
    } catch (SSLPeerUnverifiedException e) {
      return "nobody";
    }
  }

  int port() {
    return server.actualPort();
  }

  /** How many connections have been made. */
  int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    Await.result(vertx.close());
  }
}
