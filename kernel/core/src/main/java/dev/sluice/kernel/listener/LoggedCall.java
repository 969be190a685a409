package dev.sluice.kernel.listener;

import dev.sluice.kernel.accesslog.LoggedRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * What the access log says of a call of an administrative listener.
 *
 * @param request that has been answered
 * @param begun when it came, by {@link System#nanoTime}
 */
record LoggedCall(HttpServerRequest request, long begun) implements LoggedRequest {

  private HttpServerResponse response() {
    return request.response();
  }

  @Override
  public String id() {
    return null;
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String target() {
    return request.uri();
  }

  @Override
  public String protocol() {
    return LoggedRequest.protocol(request.version());
  }

  @Override
  public String host() {
    return header("host");
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public boolean secure() {
    return request.isSSL();
  }

  @Override
  public int status() {
    return response().headWritten() ? response().getStatusCode() : 0;
  }

  @Override
  public String header(String name) {
    return request.headers().get(name);
  }

  @Override
  public String responseHeader(String name) {
    return response().headers().get(name);
  }

  @Override
  public long bodyBytes() {
    return response().bytesWritten();
  }

  @Override
  public long bytes() {
    return response().bytesWritten();
  }

  @Override
  public long received() {
    return request.bytesRead();
  }

  @Override
  public long tookMillis() {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  @Override
  public String clientAddress() {
    return String.valueOf(request.connection().remoteAddress(true).hostAddress());
  }

  @Override
  public String peerAddress() {
    return clientAddress();
  }

  @Override
  public int peerPort() {
    return request.connection().remoteAddress(true).port();
  }

  @Override
  public String localAddress() {
    return String.valueOf(request.connection().localAddress(true).hostAddress());
  }

  @Override
  public int localPort() {
    return request.connection().localAddress(true).port();
  }
}
