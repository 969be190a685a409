package dev.sluice.kernel.boot;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sends datagrams to sockets of the file system, over Linux's native transport. Safe for all threads. */
final class LocalDatagrams implements AutoCloseable {

  private final Vertx vertx;
  private final Map<Path, Future<Channel>> open = new ConcurrentHashMap<>();
  private volatile boolean closed;

  LocalDatagrams(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Sends a datagram. A socket that somebody else listens at by now is connected to anew. */
  Future<Void> send(Path socket, Buffer datagram) {
    if (!vertx.isNativeTransportEnabled()) {
      return Future.failedFuture(new UnsupportedOperationException("sockets of the file system need Linux"));
    }
    return attempt(socket, datagram).recover(failure -> attempt(socket, datagram));
  }

  private Future<Void> attempt(Path socket, Buffer datagram) {
    Future<Channel> channel = open.computeIfAbsent(socket, this::connect);
    return channel
        .compose(connected -> outcome(connected.writeAndFlush(Unpooled.wrappedBuffer(datagram.getBytes()))))
        .onFailure(failure -> {
          open.remove(socket, channel);
          channel.onSuccess(Channel::close);
        });
  }

  @SuppressWarnings("deprecation") // Vert.x has no such sockets of its own.
  private Future<Channel> connect(Path socket) {
    EventLoopGroup loops = vertx.nettyEventLoopGroup();
    ChannelFuture connecting = new Bootstrap()
        .group(loops)
        .channel(EpollDomainDatagramChannel.class)
        .handler(new ChannelInboundHandlerAdapter())
        .connect(new DomainSocketAddress(socket.toString()));
    return outcome(connecting).compose(done -> {
      if (closed) {
        connecting.channel().close();
        return Future.failedFuture("the plugin is gone");
      }
      return Future.succeededFuture(connecting.channel());
    });
  }

  private static Future<Void> outcome(ChannelFuture pending) {
    Promise<Void> done = Promise.promise();
    pending.addListener(ended -> {
      if (ended.isSuccess()) {
        done.complete();
      } else {
        done.fail(ended.cause());
      }
    });
    return done.future();
  }

  @Override
  public void close() {
    closed = true;
    open.values().forEach(channel -> channel.onSuccess(Channel::close));
  }
}
