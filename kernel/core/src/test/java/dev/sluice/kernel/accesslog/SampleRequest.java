package dev.sluice.kernel.accesslog;

import dev.sluice.api.request.Attempt;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A request as a test wants it. */
record SampleRequest(String target, int status, Map<String, String> headers) implements LoggedRequest {

  SampleRequest(String target) {
    this(target, 200, Map.of());
  }

  @Override
  public String id() {
    return "0123456789abcdef";
  }

  @Override
  public String method() {
    return target == null ? null : "GET";
  }

  @Override
  public String protocol() {
    return "HTTP/1.1";
  }

  @Override
  public String host() {
    return "Example.com:8000";
  }

  @Override
  public String path() {
    return "/a b";
  }

  @Override
  public boolean secure() {
    return false;
  }

  @Override
  public String header(String name) {
    return headers.get(name);
  }

  @Override
  public String responseHeader(String name) {
    return name.equals("content-type") ? "text/plain" : null;
  }

  @Override
  public long bodyBytes() {
    return 5;
  }

  @Override
  public long bytes() {
    return 150;
  }

  @Override
  public long received() {
    return 70;
  }

  @Override
  public long tookMillis() {
    return 1234;
  }

  @Override
  public String clientAddress() {
    return "10.0.0.1";
  }

  @Override
  public String peerAddress() {
    return "192.168.0.1";
  }

  @Override
  public int peerPort() {
    return 4321;
  }

  @Override
  public String localAddress() {
    return "127.0.0.1";
  }

  @Override
  public int localPort() {
    return 8000;
  }

  @Override
  public List<Attempt> attempts() {
    return List.of(
        new Attempt(1_000_000, 0, "one", "10.1.0.1", 80, OptionalInt.of(504)),
        new Attempt(31_000_000, 0, "two", "::1", 81, OptionalInt.empty()));
  }

  @Override
  public long answeredNanos() {
    return 38_000_000;
  }

  @Override
  public int upstreamStatus() {
    return 200;
  }
}
