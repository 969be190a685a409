package dev.sluice.kernel.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * One HTTP/1.1 connection to an upstream, on one event loop, carrying one request at a time. It returns to its pool only
 * when the answer was complete, the upstream keeps it open, and nothing else has come in.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

  private final ConnectionPool pool;
  private final AnswerDecoder decoder;
  private ChannelHandlerContext context;
  private AnswerSink sink;
  private boolean interim;
  private boolean keepAlive;
  private boolean answered;
  private boolean requestSent;
  private boolean done;
  private int requests;
  private long idleSince;

  UpstreamConnection(ConnectionPool pool, AnswerDecoder decoder) {
    this.pool = pool;
    this.decoder = decoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  Channel channel() {
    return context.channel();
  }

  ConnectionPool pool() {
    return pool;
  }

  /** Whether this connection has carried a request before, and may therefore have died unnoticed. */
  boolean reused() {
    return requests > 1;
  }

  int requests() {
    return requests;
  }

  long idleSince() {
    return idleSince;
  }

  void idleSince(long now) {
    idleSince = now;
  }

  boolean open() {
    return context.channel().isActive();
  }

  /** Begins an exchange. */
  void begin(AnswerSink to, boolean head) {
    sink = to;
    requests++;
    decoder.expect(head);
    interim = false;
    keepAlive = false;
    answered = false;
    requestSent = false;
    done = false;
  }

  /** Writes a part of the request. */
  void write(ByteBuf bytes) {
    context.writeAndFlush(bytes, context.voidPromise());
  }

  boolean writable() {
    return context.channel().isWritable();
  }

  /** The request has been written as a whole. */
  void requestSent() {
    requestSent = true;
  }

  void pauseReading() {
    context.channel().config().setAutoRead(false);
  }

  void resumeReading() {
    context.channel().config().setAutoRead(true);
  }

  /** Ends an exchange before its time: nothing more of it is wanted, and the connection is of no use any more. */
  void abandon() {
    sink = null;
    context.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (sink == null) {
      // An answer that nobody asked for, or more than the answer: never let it meet the next request.
      ReferenceCountUtil.release(message);
      context.close();
      return;
    }
    if (message instanceof HttpResponse head) {
      if (head.decoderResult().isFailure()) {
        fail(head.decoderResult().cause());
        return;
      }
      interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL && head.status().code() != 101;
      if (!interim) {
        keepAlive = HttpUtil.isKeepAlive(head);
        answered = true;
        sink.head(head);
      }
    }
    if (message instanceof HttpContent content) {
      content(content);
    }
  }

  private void content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (interim) {
      content.release();
      interim = !last;
    } else if (content.decoderResult().isFailure()) {
      content.release();
      fail(content.decoderResult().cause());
    } else if (sink == null) {
      content.release();
    } else {
      AnswerSink to = sink;
      if (last) {
        sink = null;
        done = true;
      }
      to.content(content.content(), last);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    if (done) {
      done = false;
      // Only now is it known that no surplus came with the end of the answer.
      if (keepAlive && requestSent && open()) {
        resumeReading();
        pool.release(this);
      } else {
        context.close();
      }
    } else if (sink != null) {
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
  public void channelInactive(ChannelHandlerContext from) {
    pool.closed(this);
    from.fireChannelInactive();
    if (sink != null) {
      fail(new UpstreamClosedException(answered));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    if (sink != null) {
      fail(cause);
    } else {
      context.close();
    }
  }

  private void fail(Throwable cause) {
    AnswerSink to = sink;
    sink = null;
    context.close();
    to.failed(cause);
  }

  /** The upstream closed the connection before the end of its answer. */
  static final class UpstreamClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UpstreamClosedException(boolean answered) {
      super(
          answered ? "the upstream closed the connection inside its answer" : "the upstream closed the connection",
          null,
          false,
          false);
    }
  }
}
