package dev.sluice.kernel.pipeline;

import dev.sluice.kernel.accesslog.LoggedRequest;
import io.vertx.core.http.HttpServerRequest;

/** What the access log says of a request that could not be read: only what is sure. */
record LoggedMalformed(
    HttpServerRequest request, ClientConnection connection, ListenerInfo listener, String id, int status, long bodyBytes)
    implements LoggedRequest {

  /** What stands for the target of a request line that could not be read. */
  private static final String UNREAD = "/bad-request";

  private boolean unread() {
    return request.uri().equals(UNREAD);
  }

  @Override
  public String method() {
    return unread() ? null : request.method().name();
  }

  @Override
  public String target() {
    return unread() ? null : request.uri();
  }

  @Override
  public String protocol() {
    return unread() ? null : LoggedRequest.protocol(request.version());
  }

  @Override
  public String host() {
    return header("host");
  }

  @Override
  public String path() {
    return null;
  }

  @Override
  public boolean secure() {
    return listener.ssl();
  }

  @Override
  public String header(String name) {
    return unread() ? null : request.headers().get(name);
  }

  @Override
  public String responseHeader(String name) {
    return request.response().headers().get(name);
  }

  @Override
  public long bytes() {
    return bodyBytes;
  }

  @Override
  public long received() {
    return 0;
  }

  @Override
  public long tookMillis() {
    return 0;
  }

  @Override
  public String clientAddress() {
    return peerAddress();
  }

  @Override
  public String peerAddress() {
    return connection.peerAddress();
  }

  @Override
  public int peerPort() {
    return connection.peerPort();
  }

  @Override
  public String localAddress() {
    return connection.localAddress();
  }

  @Override
  public int localPort() {
    return connection.localPort();
  }
}
