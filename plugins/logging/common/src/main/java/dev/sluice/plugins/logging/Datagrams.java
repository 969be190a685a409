package dev.sluice.plugins.logging;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sends datagrams out of one socket of a plugin. Safe for all threads. */
public final class Datagrams {

  private final PluginContext lent;
  private final Map<Boolean, DatagramSocket> sockets = new ConcurrentHashMap<>();

  /** Those of a plugin that has been lent this. */
  public Datagrams(PluginContext lent) {
    this.lent = lent;
  }

  /** Sends one datagram; that it arrives is not promised. */
  public Future<Void> send(String host, int port, Buffer datagram) {
    boolean six = host.indexOf(':') >= 0;
    DatagramSocket socket =
        sockets.computeIfAbsent(six, each -> lent.datagramSocket(new DatagramSocketOptions().setIpV6(each)));
    return socket.send(datagram, port, host);
  }

  /** Sends several datagrams; fails when one of them cannot be sent. */
  public Future<Void> sendAll(String host, int port, List<String> datagrams) {
    return Future.join(datagrams.stream().map(each -> send(host, port, Buffer.buffer(each))).toList()).mapEmpty();
  }
}
