package dev.sluice.kernel.stream;

import dev.sluice.kernel.pipeline.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream listeners of one event loop, and the connections that came to them. On that event loop. */
public final class StreamListeners {

  private static final Logger log = LoggerFactory.getLogger(StreamListeners.class);
  private static final long GREETING_MILLIS = 10_000;

  private final Loop loop;
  private final Function<NetSocket, Channel> channels;
  private final StreamClients clients;
  private final Set<StreamSession> sessions = new HashSet<>();
  private final Set<Channel> acceptors = new HashSet<>();
  private Optional<Promise<Void>> drained = Optional.empty();

  /**
   * An address to serve streams at.
   *
   * @param host to bind to
   * @param port as configured
   * @param bindPort the port, or a negative number that stands for one and the same chosen by the system
   * @param backlog connections that may wait to be accepted
   * @param proxyProtocol whether connections begin with whom they are for
   * @param tls what ends encryption here; empty for a plain listener
   */
  public record Address(String host, int port, int bindPort, int backlog, boolean proxyProtocol, Optional<StreamTls> tls) {

    private SocketAddress socketAddress() {
      return bindPort < 0
          ? SocketAddress.sharedRandomPort(-bindPort, host)
          : SocketAddress.inetSocketAddress(bindPort, host);
    }
  }

  /**
   * For one event loop, on it.
   *
   * @param channels what is below a socket
   */
  public StreamListeners(Loop loop, Function<NetSocket, Channel> channels) {
    this.loop = loop;
    this.channels = channels;
    this.clients = new StreamClients(loop.vertx());
  }

  /** Opens a listener; the future holds its port. */
  public Future<Integer> open(Address address) {
    NetServer server =
        loop.vertx()
            .createNetServer(
                new NetServerOptions()
                    .setAcceptBacklog(address.backlog())
                    .setUseProxyProtocol(address.proxyProtocol()))
            .connectHandler(socket -> accepted(socket, address.tls()));
    return server
        .listen(address.socketAddress())
        .map(NetServer::actualPort)
        .recover(
            cause ->
                Future.failedFuture(
                    new IOException(
                        "cannot listen at " + address.host() + ":" + address.port() + ": " + cause.getMessage(),
                        cause)));
  }

  private void accepted(NetSocket socket, Optional<StreamTls> tls) {
    Channel channel = channels.apply(socket);
    if (channel.parent() != null) {
      acceptors.add(channel.parent());
    }
    if (drained.isPresent()) {
      stopAccepting();
      socket.close();
      return;
    }
    StreamSession[] session = new StreamSession[1];
    session[0] = new StreamSession(loop, clients, socket, () -> ended(session[0]));
    sessions.add(session[0]);
    if (tls.isPresent()) {
      greet(channel.pipeline(), new Greeting(GREETING_MILLIS, tls.get(), decision(session[0])));
    } else {
      session[0].begin();
    }
  }

  /** First of all, but behind what has read the PROXY protocol: that may hold the first bytes of the greeting. */
  private static void greet(ChannelPipeline handlers, Greeting greeting) {
    ChannelHandlerContext before = handlers.context(HAProxyMessageDecoder.class);
    if (before == null) {
      handlers.addFirst("greeting", greeting);
    } else {
      handlers.addAfter(before.name(), "greeting", greeting);
    }
  }

  private static Greeting.Decision decision(StreamSession session) {
    return new Greeting.Decision() {
      @Override
      public boolean passesThrough(Optional<String> serverName) {
        return session.passesThrough(serverName);
      }

      @Override
      public void encrypted(Optional<String> serverName) {
        session.encrypted(serverName);
      }

      @Override
      public void failed(Throwable cause) {
        log.debug("a TLS handshake has failed: {}", cause.getMessage());
        session.end();
      }
    };
  }

  private void ended(StreamSession session) {
    sessions.remove(session);
    checkDrained();
  }

  private void stopAccepting() {
    acceptors.forEach(Channel::close);
  }

  /** Takes no more connections; completes when the last one has ended. */
  public void drain(Promise<Void> done) {
    drained = Optional.of(done);
    stopAccepting();
    checkDrained();
  }

  /** Closes all connections. */
  public void cutOff() {
    new ArrayList<>(List.copyOf(sessions)).forEach(StreamSession::end);
  }

  private void checkDrained() {
    if (sessions.isEmpty()) {
      drained.ifPresent(Promise::tryComplete);
    }
  }
}
