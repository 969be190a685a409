package dev.sluice.plugins.acme;

import dev.sluice.testkit.TrustsAll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Asks a listener by TLS under any name, and believes all that it shows. */
final class TlsClient {

  private TlsClient() {}

  /** What came of a GET. */
  private record Got(X509Certificate certificate, String answer) {}

  /** Sends a GET; gives back the certificate that was shown. */
  static X509Certificate get(int port, String host, String path) {
    return send(port, host, path).certificate();
  }

  /** Sends a GET; gives back the whole answer. */
  static String body(int port, String host, String path) {
    return send(port, host, path).answer();
  }

  private static Got send(int port, String host, String path) {
    try {
      SSLSocketFactory sockets = TrustsAll.context().getSocketFactory();
      try (SSLSocket socket = (SSLSocket) sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(20_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Got((X509Certificate) socket.getSession().getPeerCertificates()[0], answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a certificate is for a name. */
  static boolean isFor(X509Certificate certificate, String host) {
    try {
      return certificate.getSubjectAlternativeNames() != null
          && certificate.getSubjectAlternativeNames().stream().anyMatch(name -> host.equals(name.get(1)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
