package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.NodeSettings;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The HTTP/2 connections to one address, on one event loop, over which requests go as streams. The connection opened
 * first is filled first, so that surplus ones grow old and are closed.
 */
final class StreamPool implements LinkPool {

  private static final int MAX_HEADERS = 32 * 1024;

  private final Dialer dialer;
  private final NodeSettings.Pool limits;
  private final List<StreamCarrier> carriers = new ArrayList<>();
  private Future<StreamCarrier> connecting;

  StreamPool(Dialer dialer, NodeSettings.Pool limits) {
    this.dialer = dialer;
    this.limits = limits;
  }

  @Override
  public UpstreamLink poll() {
    return null;
  }

  @Override
  public Future<UpstreamLink> connect(int patienceMillis) {
    for (StreamCarrier carrier : carriers) {
      if (carrier.takesMore()) {
        return carrier.open();
      }
    }
    // Requests that come while a connection is being made wait for that one rather than each make its own.
    Future<StreamCarrier> coming = connecting;
    if (coming == null) {
      coming = dialer.connect(patienceMillis).compose(this::speak);
      if (!coming.isComplete()) {
        connecting = coming;
        coming.onComplete(done -> connecting = null);
      }
    }
    return coming.compose(carrier -> carrier.takesMore() ? carrier.open() : connect(patienceMillis));
  }

  private Future<StreamCarrier> speak(NetSocket connected) {
    ChannelHandlerContext last = ConnectionPool.handler(connected);
    SslHandler tls = last.pipeline().get(SslHandler.class);
    String agreed = tls == null ? null : tls.engine().getApplicationProtocol();
    if (agreed != null && !agreed.isEmpty() && !agreed.equals("h2")) {
      connected.close();
      return Future.failedFuture("the upstream speaks " + agreed + ", not HTTP/2");
    }
    StreamCarrier carrier = new StreamCarrier(this, last.channel(), limits.maxRequests());
    Http2FrameCodec codec =
        Http2FrameCodecBuilder.forClient()
            .initialSettings(Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(MAX_HEADERS))
            .encoderEnforceMaxConcurrentStreams(true)
            .gracefulShutdownTimeoutMillis(0)
            .build();
    ChannelPipeline pipeline = last.pipeline();
    pipeline.addBefore(last.name(), "http2", codec);
    pipeline.addBefore(last.name(), "carrier", carrier);
    pipeline.addBefore(last.name(), "streams", new Http2MultiplexHandler(new Unasked()));
    carrier.widen(codec.connection());
    carriers.add(carrier);
    return Future.succeededFuture(carrier);
  }

  void closed(StreamCarrier carrier) {
    carriers.remove(carrier);
  }

  @Override
  public void evict(long now) {
    for (StreamCarrier carrier : List.copyOf(carriers)) {
      if (carrier.idle() && now - carrier.idleSince() > limits.idleMillis()) {
        carrier.close();
      }
    }
  }

  @Override
  public boolean unused() {
    return carriers.isEmpty() && connecting == null;
  }

  /** What an upstream pushes unasked is refused. */
  private static final class Unasked extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      context.close();
    }

    @Override
    public boolean isSharable() {
      return true;
    }
  }
}
