package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.Attempt;
import dev.sluice.kernel.accesslog.LoggedRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** What the access log says of a request that has ended. One for each event loop, shown one request after the other. */
final class LoggedExchange implements LoggedRequest {

  private Exchange exchange;
  private HttpServerRequest request;
  private InboundRequest inbound;
  private ForwardedClient client;

  /** Shows a request; null lets go of it. */
  void show(Exchange of) {
    exchange = of;
    request = of == null ? null : of.serverRequest();
    inbound = of == null ? null : of.inbound();
    client = of == null ? null : of.client() == null ? ForwardedClient.of(of) : of.client();
  }

  private HttpServerResponse response() {
    return exchange.serverResponse();
  }

  @Override
  public String id() {
    return exchange.id();
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
    return inbound == null ? header("host") : inbound.host();
  }

  @Override
  public String path() {
    return inbound == null ? null : inbound.path();
  }

  @Override
  public boolean secure() {
    return exchange.listener().ssl();
  }

  @Override
  public int status() {
    return response().headWritten() ? response().getStatusCode() : 0;
  }

  @Override
  public String header(String name) {
    if (inbound != null) {
      exchange.outbound().settle();
    }
    return request.headers().get(name);
  }

  @Override
  public String responseHeader(String name) {
    return exchange.answerState().table().get(name);
  }

  @Override
  public long bodyBytes() {
    return inbound == null ? response().bytesWritten() : exchange.answerState().bodySize();
  }

  @Override
  public long bytes() {
    return exchange.answerState().size() + (inbound == null ? response().bytesWritten() : 0);
  }

  @Override
  public long received() {
    return inbound == null ? InboundRequest.headSize(request) : inbound.size();
  }

  @Override
  public long tookMillis() {
    return exchange.elapsedMillis();
  }

  @Override
  public String clientAddress() {
    return client.address();
  }

  @Override
  public String peerAddress() {
    return client.peerAddress();
  }

  @Override
  public int peerPort() {
    return exchange.connection().peerPort();
  }

  @Override
  public String localAddress() {
    return exchange.connection().localAddress();
  }

  @Override
  public int localPort() {
    return exchange.connection().localPort();
  }

  @Override
  public long connectionNumber() {
    return exchange.connection().number();
  }

  @Override
  public long requestNumber() {
    return inbound == null ? 1 : inbound.requestNumber();
  }

  @Override
  public String serverName() {
    return secure() ? request.connection().indicatedServerName() : null;
  }

  @Override
  public Optional<SSLSession> tls() {
    return secure() ? Optional.ofNullable(request.connection().sslSession()) : Optional.empty();
  }

  @Override
  public List<Attempt> attempts() {
    return exchange.attempts();
  }

  @Override
  public long answeredNanos() {
    return exchange.answerState().upstreamStatus() == 0 ? -1 : exchange.timeline().answered();
  }

  @Override
  public long endedNanos() {
    return exchange.timeline().ended();
  }

  @Override
  public int upstreamStatus() {
    return exchange.answerState().upstreamStatus();
  }

  @Override
  public String upstreamHeader(String name) {
    return exchange.answerState().upstreamView().headers().get(name).orElse(null);
  }

  @Override
  public String upstreamTarget() {
    return exchange.answerState().triedUpstream() ? exchange.outbound().target() : null;
  }
}
