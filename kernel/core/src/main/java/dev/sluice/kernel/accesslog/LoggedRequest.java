package dev.sluice.kernel.accesslog;

import dev.sluice.api.request.Attempt;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** What a line can say of a request. On its event loop. Texts that are unknown are null, as lines are made of them. */
public interface LoggedRequest {

  /** How lines name a version of the protocol. */
  static String protocol(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2.0";
    };
  }

  /** Its id; null without one. */
  String id();

  /** The method; null when the request could not be read. */
  String method();

  /** The target as received. */
  String target();

  /** The version, such as {@code HTTP/1.1}. */
  String protocol();

  /** The Host header. */
  String host();

  /** The path in the form that is matched. */
  String path();

  /** Whether it came over TLS. */
  boolean secure();

  /** The status; 0 when the client was gone before there was one. */
  int status();

  /** A header of the request; null without it. */
  String header(String name);

  /** A header of the answer; null without it. */
  String responseHeader(String name);

  /** Bytes of the body that were sent. */
  long bodyBytes();

  /** Bytes that were sent. */
  long bytes();

  /** Bytes that were received. */
  long received();

  /** How long it took, in milliseconds. */
  long tookMillis();

  /** The client's address. */
  String clientAddress();

  /** The peer's address. */
  String peerAddress();

  /** The peer's port. */
  int peerPort();

  /** The address it came to. */
  String localAddress();

  /** The port it came to. */
  int localPort();

  /** The number of its connection. */
  default long connectionNumber() {
    return 0;
  }

  /** Its number on its connection, from 1. */
  default long requestNumber() {
    return 1;
  }

  /** The server's name in its handshake; null without one. */
  default String serverName() {
    return null;
  }

  /** The terms of its connection. */
  default Optional<SSLSession> tls() {
    return Optional.empty();
  }

  /** The attempts to have it answered. */
  default List<Attempt> attempts() {
    return List.of();
  }

  /** When the last attempt was answered, in nanoseconds since the head was read; -1 when it was not. */
  default long answeredNanos() {
    return -1;
  }

  /** When it ended, in nanoseconds since the head was read. */
  default long endedNanos() {
    return tookMillis() * 1_000_000;
  }

  /** The status of the upstream; 0 without one. */
  default int upstreamStatus() {
    return 0;
  }

  /** A header that the upstream has sent; null without it. */
  default String upstreamHeader(String name) {
    return null;
  }

  /** The target that was sent upstream; null without an upstream. */
  default String upstreamTarget() {
    return null;
  }
}
