package dev.sluice.api.request;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** The request as the client sent it. */
public interface ClientRequest {

  /** The method, upper case. */
  String method();

  /** The protocol version. */
  HttpVersion version();

  /** {@code http} or {@code https}, by the connection. */
  String scheme();

  /** {@code scheme}, unless a trusted peer forwarded another one. */
  String forwardedScheme();

  /** The Host header or authority as received, with its port; empty when there is none. */
  String host();

  /** The request target as received: path and query. */
  String rawTarget();

  /** The path as received, without the query. */
  String rawPath();

  /** The path in normal form, as it is matched: dot segments and doubled slashes resolved, see ADR 0006. */
  String path();

  /** The query as received, without the question mark; empty when there is none. */
  String rawQuery();

  /** The query's arguments, decoded, in order; an argument without a value has the value {@code ""}. */
  Map<String, List<String>> query();

  /** The headers. They are those of the upstream request: a change there is seen here. */
  Headers headers();

  /** The address of the TCP peer. */
  String peerAddress();

  /** The port of the TCP peer. */
  int peerPort();

  /** The client's address: the peer's, unless a trusted peer told another one. */
  String clientAddress();

  /** The port of the listener. */
  int localPort();

  /** The address that the client has connected to. */
  default String localAddress() {
    throw new UnsupportedOperationException("this request knows no local address");
  }

  /** The number of the client's connection, counted on this node from 1. */
  default long connectionNumber() {
    throw new UnsupportedOperationException("this request knows no connection");
  }

  /** The number of this request on its connection, from 1. */
  default long requestNumber() {
    throw new UnsupportedOperationException("this request knows no connection");
  }

  /** The server name of the TLS handshake. */
  Optional<String> sni();

  /**
   * The TLS session of the client's connection; empty without TLS. A certificate that the client has shown is its own, but
   * nobody else need have vouched for it: see {@link ClientVerification}.
   */
  default Optional<SSLSession> tls() {
    return Optional.empty();
  }

  /**
   * Bytes of the request: its head as it came, or in HTTP/1.1's form when it came otherwise, and as much of the body as
   * has been read.
   */
  default long size() {
    throw new UnsupportedOperationException("this request knows no size");
  }

  /** Whether the request announced a body, or a filter has given it one. */
  boolean hasBody();

  /**
   * Reads the whole body, which then goes upstream from memory. Any number of filters may read it; like the headers it
   * is that of the upstream request: what an earlier filter has put in its place is seen here.
   *
   * @param limit in bytes; a longer body fails the future with {@link BodyTooLargeException} and stays unread
   */
  Future<Buffer> body(int limit);
}
