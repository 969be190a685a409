package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Steady;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** One HTTP/2 connection to an upstream: counts its streams, and takes no more when told to go away. */
final class StreamCarrier extends ChannelInboundHandlerAdapter {

  private static final int MAX_STREAMS = 100;
  private static final int STREAM_WINDOW = 65_535;

  private final StreamPool pool;
  private final Channel channel;
  private final int maxRequests;
  private int mayOpen = MAX_STREAMS;
  private int open;
  private int opened;
  private boolean leaving;
  private long idleSince = Steady.millis();

  StreamCarrier(StreamPool pool, Channel channel, int maxRequests) {
    this.pool = pool;
    this.channel = channel;
    this.maxRequests = maxRequests;
  }

  /** Makes room on the connection for all its streams: one whose client does not read must not hold up the others. */
  void widen(Http2Connection connection) {
    try {
      connection.local().flowController().incrementWindowSize(connection.connectionStream(), MAX_STREAMS * STREAM_WINDOW);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  boolean takesMore() {
    return !leaving && open < mayOpen && channel.isActive();
  }

  boolean idle() {
    return open == 0;
  }

  long idleSince() {
    return idleSince;
  }

  void close() {
    leaving = true;
    channel.close();
  }

  /** Opens a stream. */
  Future<UpstreamLink> open() {
    open++;
    opened++;
    if (maxRequests > 0 && opened >= maxRequests) {
      leaving = true;
    }
    UpstreamStream stream = new UpstreamStream(opened > 1);
    Promise<UpstreamLink> promise = Promise.promise();
    new Http2StreamChannelBootstrap(channel)
        .handler(stream)
        .open()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                stream.channel().closeFuture().addListener(closed -> ended());
                promise.complete(stream);
              } else {
                ended();
                promise.fail(done.cause());
              }
            });
    return promise.future();
  }

  private void ended() {
    open--;
    idleSince = Steady.millis();
    if (leaving && open == 0) {
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Http2SettingsFrame frame) {
      Long most = frame.settings().maxConcurrentStreams();
      if (most != null) {
        mayOpen = (int) Math.min(MAX_STREAMS, most);
      }
    } else if (message instanceof Http2GoAwayFrame) {
      leaving = true;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    leaving = true;
    pool.closed(this);
    context.fireChannelInactive();
  }
}
