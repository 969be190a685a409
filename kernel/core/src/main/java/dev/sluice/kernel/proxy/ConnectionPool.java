package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Flushes;
import dev.sluice.kernel.pipeline.NodeSettings;
import dev.sluice.kernel.pipeline.SeenNames;
import dev.sluice.kernel.pipeline.Steady;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.ArrayDeque;

/**
 * Idle connections to one address, on one event loop; the one used last is used first, so that surplus ones grow old
 * and are closed. There is no queue: a request without an idle connection opens one.
 */
final class ConnectionPool implements LinkPool {

  private final Dialer dialer;
  private final NodeSettings.Pool limits;
  private final SeenNames names;
  private final Flushes flushes;
  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private int open;

  ConnectionPool(Dialer dialer, NodeSettings.Pool limits, SeenNames names, Flushes flushes) {
    this.dialer = dialer;
    this.limits = limits;
    this.names = names;
    this.flushes = flushes;
  }

  @Override
  public UpstreamLink poll() {
    for (UpstreamConnection connection = idle.pollLast(); connection != null; connection = idle.pollLast()) {
      if (connection.open()) {
        return connection;
      }
    }
    return null;
  }

  @Override
  public Future<UpstreamLink> connect(int patienceMillis) {
    // Counted from now on: a pool that waits for a connection must not be taken for one that nobody uses.
    open++;
    return dialer.connect(patienceMillis).onFailure(failed -> open--).map(
        connected -> {
          AnswerDecoder decoder = new AnswerDecoder(names);
          UpstreamConnection connection = new UpstreamConnection(this, decoder, flushes);
          ChannelHandlerContext last = handler(connected);
          ChannelPipeline pipeline = last.pipeline();
          pipeline.addBefore(last.name(), "answer-decoder", decoder);
          pipeline.addBefore(last.name(), "upstream", connection);
          if (!connection.open()) {
            // Its end may have been told before anybody here listened.
            closed(connection);
            throw new IllegalStateException("the upstream closed the connection as it was made");
          }
          return connection;
        });
  }

  /** Vert.x's own handler of a socket, before which those of a protocol are put. */
  static ChannelHandlerContext handler(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }

  void release(UpstreamConnection connection) {
    boolean worn = limits.maxRequests() > 0 && connection.requests() >= limits.maxRequests();
    if (worn || idle.size() >= limits.size()) {
      connection.channel().close();
    } else {
      connection.idleSince(Steady.millis());
      idle.addLast(connection);
    }
  }

  void closed(UpstreamConnection connection) {
    if (connection.leaves()) {
      open--;
      idle.remove(connection);
    }
  }

  @Override
  public void evict(long now) {
    while (!idle.isEmpty() && now - idle.peekFirst().idleSince() > limits.idleMillis()) {
      idle.pollFirst().channel().close();
    }
  }

  @Override
  public boolean unused() {
    return open == 0;
  }
}
