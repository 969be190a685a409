package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.proxy.UpstreamConnection.UpstreamClosedException;
import dev.sluice.kernel.upstream.KernelTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;

/** One stream of an HTTP/2 connection to an upstream: one request and its answer. */
final class UpstreamStream extends ChannelInboundHandlerAdapter implements UpstreamLink {

  private final boolean reused;
  private ChannelHandlerContext context;
  private AnswerSink sink;
  private boolean answered;
  private boolean requestSent;

  UpstreamStream(boolean reused) {
    this.reused = reused;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  Channel channel() {
    return context.channel();
  }

  @Override
  public void begin(AnswerSink to, boolean head) {
    sink = to;
  }

  @Override
  public void send(Exchange exchange, KernelTarget target, ByteBuf body, boolean announces) {
    int length = body == null ? 0 : body.readableBytes();
    boolean says = body != null || announces;
    requestSent = true;
    write(new DefaultHttp2HeadersFrame(Http2Head.of(exchange, target, says ? length : -1), length == 0));
    if (length > 0) {
      write(new DefaultHttp2DataFrame(body, true));
    }
    context.flush();
  }

  @Override
  public void sendHead(Exchange exchange, KernelTarget target, long length) {
    write(new DefaultHttp2HeadersFrame(Http2Head.of(exchange, target, length), false));
    context.flush();
  }

  @Override
  public void sendPart(ByteBuf part) {
    write(new DefaultHttp2DataFrame(part, false));
    context.flush();
  }

  @Override
  public void sendEnd() {
    requestSent = true;
    write(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
    context.flush();
  }

  private void write(Object frame) {
    context
        .write(frame)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                fail(done.cause());
              }
            });
  }

  @Override
  public boolean writable() {
    return context.channel().isWritable();
  }

  @Override
  public void pauseReading() {
    context.channel().config().setAutoRead(false);
  }

  @Override
  public void resumeReading() {
    context.channel().config().setAutoRead(true);
  }

  @Override
  public boolean reused() {
    return reused;
  }

  @Override
  public void abandon() {
    sink = null;
    context.close();
  }

  @Override
  public void giveBack() {
    context.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (sink == null) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof Http2HeadersFrame frame) {
      head(frame);
    } else if (message instanceof Http2DataFrame frame) {
      part(frame.content(), frame.isEndStream());
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(Http2HeadersFrame frame) {
    if (answered) {
      sink.trailers(LeanHeaders.map(Http2Head.lines(frame.headers())));
      part(Unpooled.EMPTY_BUFFER, true);
      return;
    }
    int status = Http2Head.status(frame.headers());
    if (status < 0) {
      fail(new IllegalStateException("the upstream's answer has no status"));
    } else if (status >= 200 || status == 101) {
      answered = true;
      sink.head(Http2Head.answer(frame.headers()));
      if (frame.isEndStream()) {
        part(Unpooled.EMPTY_BUFFER, true);
      }
    }
  }

  private void part(ByteBuf content, boolean last) {
    AnswerSink to = sink;
    if (to == null) {
      content.release();
      return;
    }
    if (last) {
      sink = null;
    }
    to.content(content, last);
    if (last && !requestSent) {
      context.close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    if (sink != null) {
      sink.readComplete();
    }
    from.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext from) {
    if (sink != null) {
      sink.writable(writable());
    }
    from.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      fail(new IllegalStateException("the upstream reset the stream with error " + reset.errorCode()));
    } else if (event instanceof Http2GoAwayFrame) {
      fail(new IllegalStateException("the upstream went away before it took the request"));
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    fail(new UpstreamClosedException(answered));
    from.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    fail(cause);
  }

  private void fail(Throwable cause) {
    AnswerSink to = sink;
    sink = null;
    context.close();
    if (to != null) {
      to.failed(cause);
    }
  }
}
