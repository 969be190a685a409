package dev.sluice.kernel.pipeline;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import java.util.Locale;

/**
 * Who the client is: the peer, or what a trusted peer says of its client, in a header or by the PROXY protocol.
 *
 * @param peerAddress of the TCP peer
 * @param trusted whether the peer's forwarding headers count
 * @param address of the client
 * @param port of the client; 0 when it is not known
 * @param scheme the client used
 */
public record ForwardedClient(String peerAddress, boolean trusted, String address, int port, String scheme) {

  /** What the setting {@code real_ip_header} is when no header counts, but the PROXY protocol. */
  private static final String PROXY_PROTOCOL = "proxy_protocol";

  static ForwardedClient of(Exchange exchange) {
    ClientConnection connection = exchange.connection();
    String peer = connection.peerAddress();
    String scheme = exchange.listener().ssl() ? "https" : "http";
    TrustedPeers peers = exchange.loop().settings().trusted();
    if (peers.nobody() || !peers.trusts(peer)) {
      return connection.speaksForItself(scheme);
    }
    MultiMap headers = exchange.serverRequest().headers();
    String forwarded = headers.get(HeaderNames.X_FORWARDED_PROTO);
    String seen = forwarded == null || forwarded.isEmpty() ? scheme : forwarded.toLowerCase(Locale.ROOT);
    NodeSettings settings = exchange.loop().settings();
    if (settings.realIpHeader().equals(PROXY_PROTOCOL)) {
      SocketAddress client = connection.announced().orElse(null);
      return client == null
          ? new ForwardedClient(peer, true, peer, connection.peerPort(), seen)
          : new ForwardedClient(peer, true, client.hostAddress(), client.port(), seen);
    }
    String address = realAddress(settings, headers, peer);
    return new ForwardedClient(peer, true, address, address.equals(peer) ? connection.peerPort() : 0, seen);
  }

  private static String realAddress(NodeSettings settings, MultiMap headers, String peer) {
    String given = String.join(",", headers.getAll(settings.realIpHeader()));
    if (given.isBlank()) {
      return peer;
    }
    String[] addresses = given.split(",", -1);
    String best = peer;
    for (int i = addresses.length - 1; i >= 0; i--) {
      String address = withoutPort(addresses[i].trim());
      if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
        break;
      }
      best = address;
      if (!settings.realIpRecursive() || !settings.trusted().trusts(address)) {
        break;
      }
    }
    return best;
  }

  private static String withoutPort(String address) {
    if (address.startsWith("[")) {
      int end = address.indexOf(']');
      return end < 0 ? address : address.substring(1, end);
    }
    int colon = address.indexOf(':');
    return colon > 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
  }
}
