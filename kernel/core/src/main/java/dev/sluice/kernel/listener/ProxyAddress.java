package dev.sluice.kernel.listener;

import dev.sluice.kernel.pipeline.ListenerInfo;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;

/**
 * An address to serve the proxy at.
 *
 * @param host to bind to
 * @param port as configured; 0 lets the system choose
 * @param bindPort the port, or a negative number that stands for one and the same chosen by the system
 * @param ssl whether TLS is terminated here
 * @param options of the server
 * @param portMaps the ports that clients see, by port
 */
public record ProxyAddress(
    String host, int port, int bindPort, boolean ssl, HttpServerOptions options, Map<Integer, Integer> portMaps) {

  private static final int LINE = 8 * 1024;
  private static final int HEADERS = 32 * 1024;
  private static final int STREAMS = 128;

  /** What to bind to: all event loops share one port, also one that the system chooses. */
  SocketAddress socketAddress() {
    return bindPort < 0
        ? SocketAddress.sharedRandomPort(-bindPort, host)
        : SocketAddress.inetSocketAddress(bindPort, host);
  }

  /** What requests are told of a listener that is open at a port. */
  public ListenerInfo info(int actual) {
    boolean verifiesClients = options.getClientAuth() != ClientAuth.NONE;
    return new ListenerInfo(portMaps.getOrDefault(actual, actual), ssl, verifiesClients);
  }

  /**
   * The options of a server, safe by default. What the two sides of a WebSocket agree on is their matter: Vert.x must not
   * take part in it.
   *
   * @param backlog connections that may wait to be accepted
   * @param ssl whether TLS is terminated here
   * @param http2 whether HTTP/2 may be negotiated over TLS, or be spoken without it, which is only done when asked for
   */
  public static HttpServerOptions options(int backlog, boolean ssl, boolean http2) {
    return new HttpServerOptions()
        .setAcceptBacklog(backlog)
        .setMaxInitialLineLength(LINE)
        .setMaxHeaderSize(HEADERS)
        .setMaxChunkSize(64 * 1024)
        .setHandle100ContinueAutomatically(true)
        .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS).setMaxHeaderListSize(HEADERS))
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHttp2ClearTextEnabled(!ssl && http2)
        .setUseAlpn(ssl && http2)
        .setAlpnVersions(ssl && http2 ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1) : List.of(HttpVersion.HTTP_1_1));
  }
}
