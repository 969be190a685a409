package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.Headers;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client on this machine sent. */
record FakeClientRequest(MultiMap lines, String path, String rawQuery) implements ClientRequest {

  @Override
  public Headers headers() {
    return new FakeHeaders(lines);
  }

  @Override
  public Map<String, List<String>> query() {
    return new QueryStringDecoder(rawQuery, false).parameters();
  }

  @Override
  public String clientAddress() {
    return "127.0.0.1";
  }

  @Override
  public String method() {
    throw FakeRequest.unused();
  }

  @Override
  public HttpVersion version() {
    throw FakeRequest.unused();
  }

  @Override
  public String scheme() {
    throw FakeRequest.unused();
  }

  @Override
  public String forwardedScheme() {
    throw FakeRequest.unused();
  }

  @Override
  public String host() {
    throw FakeRequest.unused();
  }

  @Override
  public String rawTarget() {
    throw FakeRequest.unused();
  }

  @Override
  public String rawPath() {
    throw FakeRequest.unused();
  }

  @Override
  public String peerAddress() {
    throw FakeRequest.unused();
  }

  @Override
  public int peerPort() {
    throw FakeRequest.unused();
  }

  @Override
  public int localPort() {
    throw FakeRequest.unused();
  }

  @Override
  public Optional<String> sni() {
    throw FakeRequest.unused();
  }

  @Override
  public boolean hasBody() {
    throw FakeRequest.unused();
  }

  @Override
  public Future<Buffer> body(int limit) {
    throw FakeRequest.unused();
  }
}
