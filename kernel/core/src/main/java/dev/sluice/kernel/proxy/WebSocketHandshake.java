package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.HeaderNames;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What asks for a WebSocket and what grants it (RFC 6455 §4). Nothing else opens a tunnel. */
final class WebSocketHandshake {

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private WebSocketHandshake() {}

  /** Whether a request asks for one, in all that a handshake needs. */
  static boolean asked(Exchange exchange) {
    MultiMap headers = exchange.outbound().lines();
    return headers.contains(HeaderNames.UPGRADE)
        && exchange.serverRequest().version() == HttpVersion.HTTP_1_1
        && exchange.outbound().method().equals("GET")
        && exchange.body() == null
        && headers.contains(HeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && headers.getAll(HeaderNames.CONNECTION).stream().anyMatch(WebSocketHandshake::upgrades)
        && soundKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY));
  }

  private static boolean upgrades(String connection) {
    for (String token : connection.split(",", -1)) {
      if (token.trim().equalsIgnoreCase("upgrade")) {
        return true;
      }
    }
    return false;
  }

  private static boolean soundKey(String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether an answer of 101 is that to the request, and not to another protocol or to nothing that was asked. */
  static boolean granted(Exchange exchange, HttpHeaders answer) {
    String key = exchange.outbound().lines().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    return answer.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && accept(key).equals(answer.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT));
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
