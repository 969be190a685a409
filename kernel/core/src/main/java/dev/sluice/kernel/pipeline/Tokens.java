package dev.sluice.kernel.pipeline;

import io.netty.util.AsciiString;
import io.vertx.core.http.HttpVersion;

/**
 * What the gateway calls itself in headers, made once.
 *
 * @param server in {@code Server}
 * @param via10 in {@code Via}, of a message that came by HTTP/1.0
 * @param via11 by HTTP/1.1
 * @param via2 by HTTP/2
 */
public record Tokens(AsciiString server, AsciiString via10, AsciiString via11, AsciiString via2) {

  /** The tokens for a name with its version. */
  public static Tokens of(String name) {
    return new Tokens(
        AsciiString.cached(name),
        AsciiString.cached("1.0 " + name),
        AsciiString.cached("1.1 " + name),
        AsciiString.cached("2 " + name));
  }

  /** What stands in {@code Via} of a message that came by this version. */
  public AsciiString via(HttpVersion version) {
    return version == HttpVersion.HTTP_2 ? via2 : version == HttpVersion.HTTP_1_0 ? via10 : via11;
  }
}
