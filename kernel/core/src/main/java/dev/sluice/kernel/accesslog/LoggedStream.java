package dev.sluice.kernel.accesslog;

import dev.sluice.api.request.Attempt;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** What a line can say of a connection that was passed on as it is. On its event loop. */
public interface LoggedStream {

  /** The client's address. */
  String clientAddress();

  /** The client's port. */
  int clientPort();

  /** The address it came to. */
  String localAddress();

  /** The port it came to. */
  int localPort();

  /** How it ended, in the numbers of HTTP. */
  int status();

  /** Bytes sent to the client. */
  long bytesSent();

  /** Bytes received from it. */
  long bytesReceived();

  /** How long it lasted, in milliseconds. */
  long tookMillis();

  /** The server's name in its handshake. */
  Optional<String> sni();

  /** The terms of its connection, when its encryption ended here. */
  Optional<SSLSession> tls();

  /** The attempts to find a server. */
  List<Attempt> attempts();

  /** Bytes sent to the server. */
  long upstreamSent();

  /** Bytes received from it. */
  long upstreamReceived();
}
