package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.RecordBuffers;
import dev.sluice.kernel.trust.UpstreamTls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Opens connections to one address, on one event loop: always on the same terms, and under the same name. */
public final class Dialer {

  private static final int SLACK_MILLIS = 1000;

  private final NetClient client;
  private final SocketAddress address;
  private final Optional<UpstreamTls> tls;
  private final String name;
  private final boolean http2;

  /**
   * Makes one.
   *
   * @param client without TLS of its own
   * @param tls empty for connections without TLS
   * @param name the host that is asked for
   * @param http2 whether HTTP/2 is to be agreed on over TLS
   */
  public Dialer(NetClient client, SocketAddress address, Optional<UpstreamTls> tls, String name, boolean http2) {
    this.client = client;
    this.address = address;
    this.tls = tls;
    this.name = name;
    this.http2 = http2;
  }

  /**
   * Opens one.
   *
   * @param patienceMillis how long who asks will wait; a handshake does not go on for long after that
   */
  public Future<NetSocket> connect(int patienceMillis) {
    if (tls.isEmpty()) {
      return client.connect(address);
    }
    if (tls.get().fault().isPresent()) {
      return Future.failedFuture(tls.get().fault().get());
    }
    return client.connect(address).compose(socket -> secure(socket, tls.get(), patienceMillis));
  }

  private Future<NetSocket> secure(NetSocket socket, UpstreamTls terms, int patienceMillis) {
    SslHandler handler;
    try {
      handler = new SslHandler(terms.engine(name, address.port(), http2));
    } catch (SSLException e) {
      socket.close();
      return Future.failedFuture(e);
    }
    handler.setHandshakeTimeoutMillis((long) patienceMillis + SLACK_MILLIS);
    // What fails is told by the handshake, or to whoever uses the connection then.
    socket.exceptionHandler(told -> {});
    Promise<NetSocket> agreed = Promise.promise();
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                agreed.complete(socket);
              } else {
                socket.close();
                agreed.fail(done.cause());
              }
            });
    ChannelHandlerContext last = ConnectionPool.handler(socket);
    RecordBuffers.use(last.channel());
    last.pipeline().addFirst("tls", handler).addAfter("tls", "farewell", new Farewell());
    return agreed.future();
  }

  /** A server that says that it sends no more may wait for the same from this side before it closes the connection. */
  private static final class Farewell extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslCloseCompletionEvent) {
        // Not before what came with it has been read.
        context.executor().execute(context::close);
      }
      context.fireUserEventTriggered(event);
    }
  }
}
