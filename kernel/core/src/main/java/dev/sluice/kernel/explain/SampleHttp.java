package dev.sluice.kernel.explain;

import dev.sluice.api.explain.SampleRequest;
import dev.sluice.kernel.listener.HeadReader;
import dev.sluice.kernel.pipeline.HeaderLines;
import dev.sluice.kernel.pipeline.ListenerInfo;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Stands in for a request of Vert.x, as far as its head goes. What else is asked of it, fails. */
final class SampleHttp {

  private static final int CLIENT_PORT = 40_000;
  private static final String LOCAL = "127.0.0.1";

  private SampleHttp() {}

  /** Reads the head as it would be read if it came by a connection. */
  static HeadReader.Head read(SampleRequest sample) {
    return sample.version() == HttpVersion.HTTP_2 ? http2(sample) : HeadReader.read(bytes(sample));
  }

  private static byte[] bytes(SampleRequest sample) {
    StringBuilder head = new StringBuilder(256);
    String version = sample.version() == HttpVersion.HTTP_1_0 ? "HTTP/1.0" : "HTTP/1.1";
    head.append(sample.method()).append(' ').append(sample.target()).append(' ').append(version).append("\r\n");
    sample.headers().forEach(line -> head.append(line.getKey()).append(": ").append(line.getValue()).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static HeadReader.Head http2(SampleRequest sample) {
    MultiMap headers = HeaderLines.unchecked();
    for (Map.Entry<String, String> line : sample.headers()) {
      headers.add(line.getKey().toLowerCase(Locale.ROOT), line.getValue());
    }
    return new HeadReader.Head(sample.method(), sample.target(), headers, Optional.empty());
  }

  static HttpServerRequest request(SampleRequest sample, HeadReader.Head head, ListenerInfo listener) {
    HttpMethod method = HttpMethod.valueOf(head.method());
    HttpConnection connection = connection(sample, listener);
    return fake(
        HttpServerRequest.class,
        (self, called, arguments) ->
            switch (called.getName()) {
              case "method" -> method;
              case "uri" -> head.target();
              case "version" -> sample.version();
              case "headers" -> head.headers();
              case "scheme" -> sample.secure() ? "https" : "http";
              case "authority" -> null;
              case "connection" -> connection;
              case "isEnded" -> true;
              case "pause", "handler", "endHandler", "exceptionHandler" -> self;
              default -> unsupported(called);
            });
  }

  private static HttpConnection connection(SampleRequest sample, ListenerInfo listener) {
    SocketAddress peer = SocketAddress.inetSocketAddress(CLIENT_PORT, sample.clientAddress());
    SocketAddress local = SocketAddress.inetSocketAddress(listener.port(), LOCAL);
    return fake(
        HttpConnection.class,
        (self, called, arguments) ->
            switch (called.getName()) {
              case "remoteAddress" -> peer;
              case "localAddress" -> local;
              case "indicatedServerName" -> sample.serverName().orElse(null);
              case "isSsl" -> sample.secure();
              case "sslSession" -> null;
              default -> unsupported(called);
            });
  }

  private static Object unsupported(Method called) {
    throw new UnsupportedOperationException("a request that is not sent has no " + called.getName() + "()");
  }

  private static <T> T fake(Class<T> type, InvocationHandler answers) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
  }
}
