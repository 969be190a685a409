package dev.sluice.testkit.fake;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.Headers;
import dev.sluice.api.request.UrlEncoded;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A GET without a body.
 *
 * @param headers what the client sent
 * @param clientAddress where it is
 * @param path in normal form
 * @param rawQuery without the question mark
 */
record FakeClientRequest(Headers headers, String clientAddress, String path, String rawQuery) implements ClientRequest {

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_1_1;
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String forwardedScheme() {
    return "http";
  }

  @Override
  public String host() {
    return headers.get("host").orElse("");
  }

  @Override
  public String rawTarget() {
    return rawQuery.isEmpty() ? path : path + "?" + rawQuery;
  }

  @Override
  public String rawPath() {
    return path;
  }

  @Override
  public Map<String, List<String>> query() {
    return UrlEncoded.parse(rawQuery);
  }

  @Override
  public String peerAddress() {
    return clientAddress;
  }

  @Override
  public int peerPort() {
    return 50_000;
  }

  @Override
  public int localPort() {
    return 8000;
  }

  @Override
  public Optional<String> sni() {
    return Optional.empty();
  }

  @Override
  public boolean hasBody() {
    return false;
  }

  @Override
  public Future<Buffer> body(int limit) {
    return Future.succeededFuture(Buffer.buffer());
  }
}
