package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.Headers;
import dev.sluice.api.request.UrlEncoded;
import dev.sluice.api.routing.RouteQuery;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** The request as the client sent it, for filters and for the router. */
final class InboundRequest implements ClientRequest, RouteQuery {

  private static final int REST_OF_LINE = "  HTTP/1.1\r\n".length();

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final String host;
  private final String rawPath;
  private final String rawQuery;
  private final String path;
  private final long requestNumber;
  private HeadersView headers;
  private Map<String, List<String>> query;
  private long headSize = -1;

  InboundRequest(Exchange exchange, HttpServerRequest request, RequestTarget target) {
    this.exchange = exchange;
    this.request = request;
    this.host = target.host();
    this.rawPath = target.rawPath();
    this.rawQuery = target.rawQuery();
    this.path = target.path();
    this.requestNumber = exchange.connection().begun();
  }

  /** The raw lines, which become those that go upstream; without what is told there of the client. */
  MultiMap lines() {
    return request.headers();
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public HttpVersion version() {
    return request.version();
  }

  @Override
  public String scheme() {
    return exchange.listener().ssl() ? "https" : "http";
  }

  @Override
  public String forwardedScheme() {
    return exchange.client().scheme();
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public String rawTarget() {
    return request.uri();
  }

  @Override
  public String rawPath() {
    return rawPath;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String rawQuery() {
    return rawQuery == null ? "" : rawQuery;
  }

  /** Null when the target has no question mark; empty when nothing follows it. */
  String queryOrNull() {
    return rawQuery;
  }

  @Override
  public Map<String, List<String>> query() {
    if (query == null) {
      query = rawQuery == null ? Map.of() : UrlEncoded.parse(rawQuery);
    }
    return query;
  }

  @Override
  public Headers headers() {
    exchange.outbound().settle();
    if (headers == null) {
      headers = new HeadersView(lines());
    }
    return headers;
  }

  @Override
  public String peerAddress() {
    return exchange.client().peerAddress();
  }

  @Override
  public int peerPort() {
    return exchange.connection().peerPort();
  }

  @Override
  public String clientAddress() {
    return exchange.client().address();
  }

  @Override
  public int clientPort() {
    return exchange.client().port();
  }

  @Override
  public int localPort() {
    return exchange.listener().port();
  }

  @Override
  public String localAddress() {
    return exchange.connection().localAddress();
  }

  @Override
  public long connectionNumber() {
    return exchange.connection().number();
  }

  @Override
  public long requestNumber() {
    return requestNumber;
  }

  @Override
  public Optional<String> sni() {
    return exchange.listener().ssl()
        ? Optional.ofNullable(request.connection().indicatedServerName())
        : Optional.empty();
  }

  @Override
  public Optional<SSLSession> tls() {
    return exchange.listener().ssl() ? Optional.ofNullable(request.connection().sslSession()) : Optional.empty();
  }

  void measureHead() {
    if (headSize < 0) {
      headSize = headSize(request);
    }
  }

  static long headSize(HttpServerRequest request) {
    long target = request.uri().length();
    return target + request.method().name().length() + REST_OF_LINE + HeaderLines.size(request.headers());
  }

  @Override
  public long size() {
    measureHead();
    return headSize + (exchange.body() == null ? 0 : exchange.body().length());
  }

  @Override
  public boolean hasBody() {
    return exchange.body() != null || exchange.outbound().replacedBody() != null;
  }

  @Override
  public Future<Buffer> body(int limit) {
    Buffer replaced = exchange.outbound().replacedBody();
    if (replaced != null) {
      return replaced.length() > limit
          ? Future.failedFuture(new BodyTooLargeException(limit))
          : Future.succeededFuture(replaced.copy());
    }
    RequestBody body = exchange.body();
    return body == null ? Future.succeededFuture(Buffer.buffer()) : body.whole(limit);
  }
}
